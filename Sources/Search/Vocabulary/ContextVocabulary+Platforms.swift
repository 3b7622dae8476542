extension ContextVocabulary {
    /// Surroundings, sensors, and what a model runs on.
    static let platforms = """
        [env|환경|Environment|keyword]
        day|주간|Day|낮,daytime,daylight|
        night|야간|Night|밤,저조도,어두운,nighttime,dark,low light|
        dusk|해질녘|Dusk|새벽,dawn,twilight|
        indoor|실내|Indoor|indoors|
        outdoor|실외|Outdoor|야외,outdoors|
        rain|비|Rain|우천,빗길,rainy|
        snow|눈|Snow|적설,snowy|
        fog|안개|Fog|연무,haze,foggy,hazy|
        backlight|역광|Backlight|backlit|
        aerial|항공|Aerial|상공,드론 영상,overhead,bird eye|
        underwater|수중|Underwater|해저,undersea|
        [sensor|센서|Sensor|keyword]
        rgb|컬러 카메라|Colour camera|카메라,camera,cctv,씨씨티비,영상 카메라,webcam|
        ir|적외선|Infrared|적외선 카메라,infrared,nir,night vision|
        thermal|열화상|Thermal|열화상 카메라,열상,thermal camera,temperature|
        depth|깊이 카메라|Depth camera|심도 카메라,tof,rgbd,stereo camera,스테레오|
        lidar|라이다|LiDAR|point cloud,포인트 클라우드,점군|
        radar|레이더|Radar|mmwave,밀리미터파|
        audio|마이크|Microphone|오디오,소리,음향,mic,sound|
        imu|관성 센서|Inertial sensor|가속도,자이로,accelerometer,gyroscope,motion sensor|
        [format|형식|Format|keyword]
        tflite|TFLite|TFLite|tensorflow lite,텐서플로 라이트,티에프라이트,litert|
        onnx|ONNX|ONNX|오닉스|
        openvino|OpenVINO|OpenVINO|openvino ir,오픈비노|
        ncnn|ncnn|ncnn||
        hef|Hailo HEF|Hailo HEF|hailo,헤일로|
        edgetpu|Edge TPU|Edge TPU|edge tpu,coral,tflite edgetpu,코랄|
        rknn|RKNN|RKNN|rockchip,록칩|
        tensorrt|TensorRT|TensorRT|trt,tf trt,텐서알티|
        coreml|Core ML|Core ML|core ml,mlmodel,코어 엠엘|
        savedmodel|SavedModel|SavedModel|tf savedmodel,saved model|
        torchscript|TorchScript|TorchScript|torch script|
        pytorch|PyTorch|PyTorch|torch,파이토치|
        safetensors|safetensors|safetensors||
        gguf|GGUF|GGUF|ggml,llama.cpp|
        paddle|Paddle|Paddle|paddlepaddle,패들|
        tfjs|TensorFlow.js|TensorFlow.js|tensorflow js,web browser,브라우저|
        [runtime|런타임|Runtime|version range]
        tensorflow|텐서플로|TensorFlow|tf,텐서플로우|
        onnxruntime|ONNX Runtime|ONNX Runtime|ort|
        [precision|정밀도|Precision|keyword]
        fp32|32비트 부동소수점|32-bit float|float32,f32,single precision|
        fp16|16비트 부동소수점|16-bit float|float16,f16,half precision,반정밀도|
        bf16|bfloat16|bfloat16||
        int8|8비트 정수|8-bit integer|양자화,quantized,quantization,8 bit,uint8,8비트,full integer|
        int4|4비트 정수|4-bit integer|4 bit,q4,4비트,w4|
        mixed|혼합 정밀도|Mixed precision|mixed precision|
        [accel|가속기|Accelerator|keyword]
        cpu|CPU|CPU|중앙처리장치|
        gpu|GPU|GPU|그래픽 처리 장치|
        cuda|CUDA|CUDA|nvidia,엔비디아,쿠다|
        hailo8|Hailo-8|Hailo-8|hailo|
        hailo8l|Hailo-8L|Hailo-8L|hailo|
        rknpu|Rockchip NPU|Rockchip NPU|rknn|
        npu|NPU|NPU|neural processor,neural processing unit,신경망 처리 장치,ai 가속기,accelerator|
        dsp|DSP|DSP|hexagon,신호 처리기|
        [arch|명령어 구조|Architecture|keyword]
        aarch64|64비트 ARM|64-bit ARM|arm64,armv8,arm|
        armv7|32비트 ARM|32-bit ARM|armhf,arm|
        x86_64|64비트 x86|64-bit x86|amd64,x86,intel cpu|
        riscv64|64비트 RISC-V|64-bit RISC-V|risc v|
        cortex-m|Cortex-M|Cortex-M|microcontroller,mcu,tinyml,마이크로컨트롤러,초소형|
        [os|운영체제|Operating system|keyword]
        linux|리눅스|Linux|ubuntu,debian|
        android|안드로이드|Android|모바일,mobile|
        ios|iOS|iOS|iphone,아이폰|
        windows|윈도우|Windows|윈도|
        rtos|실시간 운영체제|Real-time OS|freertos,zephyr|
        [board|보드|Board|keyword]
        rpi4|라즈베리 파이 4|Raspberry Pi 4|raspberry pi,라즈베리파이,라즈베리 파이|
        rpi5|라즈베리 파이 5|Raspberry Pi 5|raspberry pi,라즈베리파이,라즈베리 파이|
        jetson-nano|젯슨 나노|Jetson Nano|jetson,젯슨|
        jetson-orin-nano|젯슨 오린 나노|Jetson Orin Nano|jetson,orin,젯슨,오린|
        coral-dev-board|코랄 보드|Coral Dev Board|coral|
        esp32|ESP32|ESP32|espressif|
        [license|라이선스|Licence|keyword]
        apache-2.0|아파치 2.0|Apache 2.0|apache,아파치|
        mit|MIT|MIT|mit license|
        bsd-3-clause|BSD 3조항|BSD 3-Clause|bsd|
        gpl-3.0|GPL 3.0|GPL 3.0|gpl|
        agpl-3.0|AGPL 3.0|AGPL 3.0|agpl|
        cc-by-4.0|CC BY 4.0|CC BY 4.0|creative commons|
        cc-by-nc-4.0|CC BY-NC 4.0|CC BY-NC 4.0|비상업,non commercial|
        [lang|언어|Language|keyword]
        ko|한국어|Korean|한글,우리말,국어|
        en|영어|English||
        ja|일본어|Japanese||
        zh|중국어|Chinese|mandarin|
        [language|언어|Language|keyword]
        ko|한국어|Korean|한글,우리말,국어|
        en|영어|English||
        ja|일본어|Japanese||
        [dataset|데이터셋|Data set|keyword]
        [region|지역|Region|keyword]
        [base|기반 모델|Base model|keyword]
        [tag|태그|Tag|keyword]
        [domain|분야|Domain|keyword]
        [network-architecture|신경망 구조|Network architecture|keyword]
        [opset|연산자 집합|Operator set|number]
        [size|크기|Size|number]
        [mem|메모리|Memory|number]
        [flops|연산량|Operations|number]
        [params|파라미터 수|Parameters|number]
        [latency_ms|지연 시간(ms)|Latency (ms)|number]
        [fps|초당 프레임|Frames per second|number]
        [energy_mj|에너지(mJ)|Energy (mJ)|number]
        """

    /// Words that say no tag but belong together, and names of networks and data sets that people mistype.
    static let words = """
        [|낱말|Words|keyword]
        detection|탐지|Detection|detect,detector,검출,감지,find|
        recognition|인식|Recognition|recognize,identify,identification,식별,판별|
        classification|분류|Classification|classify,classifier,categorize,categories|
        estimation|추정|Estimation|estimate,predict,prediction,예측|
        counting|계수|Counting|count,counter,수 세기,세기|
        generation|생성|Generation|generate,synthesis,만들기|
        conversion|변환|Conversion|convert,transform|
        search|검색|Search|retrieval,similar,찾기|
        monitoring|감시|Monitoring|monitor,surveillance,모니터링,관제|
        tracking|추적|Tracking|track,tracker|
        analysis|분석|Analysis|analyze,analytics|
        removal|제거|Removal|remove,지우기|
        enhancement|개선|Enhancement|enhance,improve,향상|
        image|이미지|Image|영상,사진,화상,picture,photo|
        video|비디오|Video|동영상,영상,clip|
        sound|소리|Sound|음향,오디오,audio|
        sentence|문장|Sentence|글,text|
        lightweight|경량|Lightweight|저전력,초경량,가벼운,소형,작은,low power,tiny,small,mobile,nano,lite,fast,빠른,compact,efficient,embedded,임베디드,iot,edge|
        accurate|고정밀|Accurate|정확한,정확도 높은,large,precise|
        realtime|실시간|Real time|real time|
        device|기기|Device|디바이스,단말,장치,단말기,온디바이스,on device|
        model|모델|Model|network,모형,신경망|
        pretrained|사전 학습|Pretrained|사전학습,pre trained,trained|
        multilingual|다국어|Multilingual|cross lingual,여러 언어|
        mobilenet|모바일넷|MobileNet||
        efficientnet|이피션트넷|EfficientNet||
        efficientdet|이피션트뎃|EfficientDet||
        resnet|레즈넷|ResNet||
        resnext|ResNeXt|ResNeXt||
        regnet|레그넷|RegNet|regnetx,regnety|
        densenet|덴스넷|DenseNet||
        squeezenet|스퀴즈넷|SqueezeNet||
        shufflenet|셔플넷|ShuffleNet||
        inception|인셉션|Inception|googlenet|
        yolo|욜로|YOLO|yolov|
        retinanet|레티나넷|RetinaNet||
        centernet|센터넷|CenterNet||
        posenet|포즈넷|PoseNet||
        movenet|무브넷|MoveNet||
        openpose|오픈포즈|OpenPose||
        blazeface|블레이즈페이스|BlazeFace||
        deeplab|딥랩|DeepLab||
        unet|유넷|U-Net||
        segformer|세그포머|SegFormer||
        transformer|트랜스포머|Transformer||
        bert|버트|BERT||
        albert|앨버트|ALBERT||
        roberta|로버타|RoBERTa||
        electra|일렉트라|ELECTRA||
        llama|라마|Llama||
        whisper|위스퍼|Whisper||
        wav2vec|웨이브투벡|wav2vec||
        conformer|컨포머|Conformer||
        yamnet|얌넷|YAMNet||
        tacotron|타코트론|Tacotron||
        midas|마이다스|MiDaS||
        imagenet|이미지넷|ImageNet||
        cityscapes|시티스케이프|Cityscapes||
        librispeech|리브리스피치|LibriSpeech||
        inaturalist|아이내추럴리스트|iNaturalist||
        kinetics|키네틱스|Kinetics||
        """
}
