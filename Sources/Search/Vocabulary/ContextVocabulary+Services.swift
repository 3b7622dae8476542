extension ContextVocabulary {
    /// Service types, with the objects and tasks that their models are about.
    static let services = """
        [service|서비스 타입|Service type|keyword]
        crime-prevention|방범|Crime prevention|security,surveillance,intrusion,intruder,보안,침입,침입 감지,무단 침입,감시,범죄|object:person,object:face,task:person-detection
        illegal-parking|불법주정차 단속|Illegal parking|불법주정차,주정차,불법 주차,주차 단속,주정차 단속,parking enforcement,parking violation,illegally parked|object:car,object:license-plate
        traffic-flow|교통 흐름|Traffic flow|교통,교통량,교통 상황,차량 통행,traffic,traffic monitoring,vehicle counting,차량 계수|object:car,object:bus,object:truck
        license-plate-recognition|차량번호 인식|License plate recognition|차량 번호 인식,번호판 인식,번호 인식,lpr,anpr,alpr,plate recognition,number plate recognition,automatic number plate recognition|object:license-plate,task:optical-character-recognition
        fire-watch|화재·연기 감시|Fire and smoke watch|화재 감시,연기 감시,화재 감지,연기 감지,불꽃 감지,산불,산불 감시,fire detection,smoke detection,wildfire,fire alarm|object:fire,object:smoke
        flood-disaster|침수·재난|Flood and disaster|침수,재난,홍수,수위,재해,flood,flooding,disaster,water level,landslide,산사태|object:water,task:semantic-segmentation
        crowd-density|인파 밀집|Crowd density|인파,밀집,군중,혼잡,혼잡도,인원 계수,인원수,사람 수 세기,crowd,crowd counting,people counting,congestion|object:person,task:crowd-counting
        illegal-dumping|쓰레기 무단투기|Illegal dumping|무단투기,무단 투기,쓰레기 투기,쓰레기,폐기물,dumping,littering,garbage,trash,waste|object:trash,object:person
        school-zone|어린이보호구역|School zone|스쿨존,어린이 보호 구역,어린이 보호,통학로,school zone safety,child safety|object:child,object:car
        fall-loitering|쓰러짐·배회|Falls and loitering|쓰러짐,배회,낙상,넘어짐,이상 행동,실신,fall detection,falling,loitering,collapsed person|object:person,task:pose-estimation,task:action-recognition
        facility-inspection|시설 점검|Facility inspection|시설물,시설물 점검,균열,균열 검사,안전 점검,crack,crack detection,infrastructure inspection,bridge inspection|task:anomaly-detection
        industrial|산업 설비|Industrial equipment|산업,설비,공장,제조,생산 라인,불량 검사,예지 보전,결함,불량,factory,manufacturing,predictive maintenance,defect,defect detection,visual inspection,quality inspection|task:anomaly-detection,object:helmet
        retail|매장|Retail|소매,상점,점포,유통,상품,상품 인식,진열대,재고,store,shop,shelf,product recognition,checkout,inventory|object:product,object:person
        agriculture|농축산|Agriculture|농업,축산,작물,농작물,병해충,가축,스마트팜,farm,farming,crop,livestock,plant disease,pest,cattle|object:plant,object:animal
        care|돌봄·의료|Care and health|돌봄,의료,건강,헬스케어,노인,환자,간호,질병,medical,health,healthcare,elderly care,patient,diagnosis|task:pose-estimation
        smart-home|스마트홈|Smart home|스마트 홈,가정,가전,홈,home automation,household,home,appliance|task:keyword-spotting,object:person
        voice|음성|Voice|목소리,말소리,speech,spoken,발화|task:automatic-speech-recognition,task:keyword-spotting,task:text-to-speech
        other|기타|Other||
        """
}
