extension ContextVocabulary {
    /// What models do, in the words of the Hugging Face pipelines and further ones.
    static let tasks = """
        [task|과제|Task|keyword]
        object-detection|객체 탐지|Object detection|object detector,detect objects,객체 검출,객체 감지,객체 인식,물체 탐지,물체 검출,물체 인식,물체 감지,사물 인식,object recognition|
        image-classification|이미지 분류|Image classification|image classifier,classify images,classify photos,classify pictures,photo classification,picture classification,image recognition,image categorization,image labeling,영상 분류,사진 분류,이미지 인식|
        semantic-segmentation|시맨틱 분할|Semantic segmentation|시맨틱 세그멘테이션,의미 분할,의미론적 분할,영상 분할,이미지 분할,이미지 세그멘테이션,세그멘테이션,분할,segmentation,image segmentation,scene parsing,pixel labeling,pixel labelling,pixel classification|
        instance-segmentation|인스턴스 분할|Instance segmentation|인스턴스 세그멘테이션,개체 분할,객체 분할,object mask|
        panoptic-segmentation|파놉틱 분할|Panoptic segmentation|파놉틱 세그멘테이션|
        pose-estimation|자세 추정|Pose estimation|포즈 추정,포즈 인식,자세 인식,관절 추정,골격 추정,스켈레톤,keypoint detection,human pose,body keypoint,human keypoint,body pose,2d keypoint,3d keypoint,keypoints,skeleton,pose detection,자세,포즈|object:person
        hand-pose-estimation|손 자세 추정|Hand pose estimation|손 포즈 추정,손 관절,손 키포인트,손 추적,hand keypoint,hand landmark,hand tracking,hand pose,hand detection|object:hand
        gesture-recognition|제스처 인식|Gesture recognition|손동작,손동작 인식,손짓,손 제스처,제스처,수어,수화,hand gesture,gesture,sign language,hand pose,hand keypoint|object:hand,task:hand-pose-estimation
        face-detection|얼굴 검출|Face detection|얼굴 탐지,얼굴 감지,안면 검출,안면 탐지,face detector,find faces,detect faces,face finder|object:face
        face-recognition|얼굴 인식|Face recognition|안면 인식,얼굴 확인,얼굴 대조,신원 확인,본인 확인,face identification,face verification,face embedding,face matching|object:face
        face-landmark|얼굴 특징점|Face landmark|얼굴 랜드마크,얼굴 키포인트,facial landmark,face keypoint,face alignment,face mesh|object:face
        emotion-recognition|감정 인식|Emotion recognition|표정 인식,표정,감정,감정 분류,표정 분류,emotion,facial expression,facial emotion,expression recognition,expression classification,mood|object:face
        age-gender-recognition|나이·성별 추정|Age and gender recognition|나이 추정,성별 추정,나이,성별,연령,연령 추정,성별 인식,age estimation,gender recognition,age gender,gender classification|object:face
        gaze-estimation|시선 추정|Gaze estimation|시선,시선 추적,눈동자 추적,고개 방향,머리 자세,gaze,eye tracking,head pose,head pose estimation,look direction|object:eye,object:face
        driver-monitoring|운전자 상태 감시|Driver monitoring|운전자,운전자 상태,운전자 모니터링,졸음,졸음 감지,졸음 운전,driver,driver drowsiness,drowsiness,drowsy,sleepy driver,eyes closed,eye closed,open closed eye,distraction|object:eye
        person-detection|사람 탐지|Person detection|보행자 검출,보행자 탐지,사람 검출,사람 감지,인체 감지,인원 감지,pedestrian detection,people detection,human detection,person detector|object:person
        person-reidentification|사람 재식별|Person re-identification|재식별,동일인,동일 인물,동일인 추적,reid,re id,person reidentification,reidentification,re identification,same person|object:person
        object-tracking|객체 추적|Object tracking|추적,다중 객체 추적,물체 추적,이동 추적,트래킹,tracking,tracker,multi object tracking,mot,multiple object tracker|
        action-recognition|행동 인식|Action recognition|행동 분류,동작 인식,행위 인식,활동 인식,activity recognition,action classification,action detection,human activity|task:video-classification
        video-classification|비디오 분류|Video classification|동영상 분류,영상 이해,동영상 인식,video understanding,video recognition|task:action-recognition
        optical-character-recognition|문자 인식|Optical character recognition|ocr,글자 인식,글자 읽기,문자 읽기,글자 판독,텍스트 인식,광학 문자 인식,글씨,손글씨,text recognition,read text,scene text,text detection,character recognition,handwriting recognition,text spotting,문자 검출,글자|
        depth-estimation|깊이 추정|Depth estimation|심도 추정,거리 추정,단안 깊이,깊이,monocular depth,stereo depth,depth from,depth map,distance estimation|
        optical-flow|광학 흐름|Optical flow|옵티컬 플로우,flow estimation,motion estimation|
        super-resolution|초해상도|Super resolution|초해상화,화질 개선,해상도 향상,고해상도,업스케일,upscale,upscaling,upscaler,enlarge image,image upscaling|
        image-enhancement|영상 개선|Image enhancement|이미지 개선,저조도 개선,저조도 영상 개선,저조도,야간 영상 개선,잡티 제거,안개 제거,비 제거,블러 제거,노이즈 제거,영상 복원,이미지 복원,선명화,low light enhancement,low light,image denoising,denoising,denoise,dehazing,dehaze,haze removal,remove haze,deraining,derain,rain removal,deblurring,deblur,image restoration,brighten|
        style-transfer|화풍 변환|Style transfer|스타일 변환,스타일 전이,화풍,만화 변환,그림체,카툰,stylization,artistic style,neural style,cartoon,cartoonize,anime,painting style,turn photo into|
        image-colorization|흑백 사진 채색|Image colorization|채색,색 입히기,컬러화,흑백,컬러 복원,colorization,colourization,colorize,colour black and white,color black and white|
        image-inpainting|이미지 복원·채움|Image inpainting|인페인팅,지우기,inpainting,object removal|
        background-removal|배경 제거|Background removal|배경 분리,인물 분리,매팅,누끼,matting,portrait segmentation,background matting,salient object,selfie segmentation|
        image-generation|이미지 생성|Image generation|그림 생성,이미지 만들기,텍스트 투 이미지,생성형 이미지,text to image,gan,diffusion,stable diffusion,image synthesis|
        image-retrieval|이미지 검색|Image retrieval|유사 이미지,유사 이미지 검색,비슷한 사진,비슷한 이미지,장소 인식,similar images,similar pictures,find similar,image similarity,place recognition,landmark recognition,landmark retrieval,visual search|
        image-feature-extraction|이미지 특징 추출|Image feature extraction|특징 추출,특징 벡터,이미지 임베딩,feature extractor,feature vector,image embedding,backbone|
        image-captioning|이미지 설명|Image captioning|이미지 캡션,사진 설명,image to text,caption,describe image,image description|
        visual-question-answering|시각 질의응답|Visual question answering|vqa,이미지 질문,vision language,vlm,multimodal chat|
        anomaly-detection|이상 탐지|Anomaly detection|이상 감지,이상 징후,불량 탐지,결함 탐지,이상치,outlier detection,fault detection,defect detection,abnormal|
        lane-detection|차선 검출|Lane detection|차선,차선 인식,도로 차선,lane,road lane,lane line|object:road
        line-segment-detection|선분 검출|Line detection|직선 검출,line segment detection|
        crowd-counting|군중 계수|Crowd counting|인원 계수,사람 수,인원수,군중 밀도,people counting,count people,head counting|object:person
        mask-detection|마스크 착용 감지|Face mask detection|마스크,마스크 착용,마스크 검출,mask wearing,wearing a mask,face mask,facemask|object:face
        automatic-speech-recognition|음성 인식|Automatic speech recognition|asr,stt,speech recognition,speech to text,voice recognition,transcription,voice transcription,transcribe,dictation,받아쓰기,음성을 텍스트로,음성 텍스트 변환,자막 생성,말을 글로,음성 전사|
        text-to-speech|음성 합성|Text to speech|tts,speech synthesis,voice synthesis,read aloud,글을 음성으로,텍스트를 음성으로,낭독,vocoder,보코더|
        keyword-spotting|키워드 인식|Keyword spotting|호출어,호출어 인식,기동어,명령어 인식,음성 명령,키워드 검출,키워드,웨이크워드,wake word,hotword,voice command,speech command,audio command,command recognition,kws|
        voice-activity-detection|음성 구간 검출|Voice activity detection|vad,음성 감지,발화 구간,음성 활동,speech detection,speech activity|
        speaker-recognition|화자 인식|Speaker recognition|화자 식별,화자 확인,화자 분리,목소리 인증,speaker identification,speaker verification,speaker diarization,voice biometrics,diarization|
        audio-classification|소리 분류|Audio classification|음향 분류,소리 인식,환경음,음향 이벤트,오디오 분류,소리 감지,유리 깨지는 소리,비명,sound classification,sound event,sound recognition,audio event,acoustic scene,environmental sound,audio tagging|
        speech-enhancement|잡음 제거|Speech enhancement|소음 제거,음성 향상,음질 개선,배경 소음,노이즈 억제,음성 잡음,enh,noise suppression,noise reduction,noise cancellation,remove background noise,speech denoising,audio denoising|
        source-separation|음원 분리|Source separation|음성 분리,보컬 분리,speech separation,vocal separation,music separation|
        music-transcription|악보 채보|Music transcription|채보,악보,음 높이,음정,pitch detection,pitch estimation,note transcription,music to midi,midi|object:music
        music-generation|음악 생성|Music generation|작곡,music synthesis,compose|
        text-classification|텍스트 분류|Text classification|문서 분류,문장 분류,document classification,topic classification,intent classification,spam|
        sentiment-analysis|감성 분석|Sentiment analysis|감정 분석,긍정 부정,평판 분석,리뷰 분석,sentiment,opinion,positive negative,positive or negative,review|
        text-generation|텍스트 생성|Text generation|문장 생성,글쓰기,언어 모델,대규모 언어 모델,거대 언어 모델,챗봇,대화,생성형,llm,large language model,language model,chat,chatbot,conversational,gpt,generative text|
        summarization|요약|Summarization|문서 요약,텍스트 요약,글 요약,summary generation,text summarization|
        translation|번역|Translation|기계 번역,자동 번역,통역,machine translation,translate|
        question-answering|질의응답|Question answering|질문 답변,기계 독해,독해,qa,machine comprehension,reading comprehension,squad|
        text-embedding|텍스트 임베딩|Text embedding|문장 임베딩,단어 임베딩,임베딩,문장 벡터,sentence embedding,word embedding,sentence similarity,text similarity,sentence encoder,text encoder,word vector,semantic search|
        named-entity-recognition|개체명 인식|Named entity recognition|개체명,ner,entity extraction,token classification,품사,part of speech|
        fill-mask|빈칸 채우기|Fill mask|masked language model|
        time-series-forecasting|시계열 예측|Time series forecasting|수요 예측,예측,시계열,forecast,time series|
        file-type-identification|파일 형식 판별|File type identification|파일 종류,파일 형식,파일 판별,file type,file format,content type,mime type|
        recommendation|추천|Recommendation|추천 시스템,recommender|
        reinforcement-learning|강화 학습|Reinforcement learning|강화학습,rl agent|
        """
}
