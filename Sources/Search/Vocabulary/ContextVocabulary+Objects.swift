extension ContextVocabulary {
    /// What models find or tell apart: the everyday classes of public data sets and of the service types.
    static let objects = """
        [object|대상|Object|keyword]
        person|사람|Person|people,pedestrian,human,보행자,인원,인체,행인,사람들,보행인,body|
        face|얼굴|Face|안면,facial,faces|
        hand|손|Hand|손바닥,palm,finger,손가락|
        head|머리|Head|두부,고개|
        eye|눈|Eye|눈동자,홍채,iris,pupil,eyes|
        child|어린이|Child|아동,아이,kid,children,아기,infant,baby|object:person
        driver|운전자|Driver|기사|
        worker|작업자|Worker|근로자,노동자|object:person
        car|자동차|Car|차량,승용차,차,vehicle,automobile,자동차들|
        vehicle|차량|Vehicle|자동차,car,automobile,truck,bus|
        truck|트럭|Truck|화물차,lorry,대형차|
        bus|버스|Bus|승합차|
        motorcycle|오토바이|Motorcycle|이륜차,motorbike,바이크,scooter,스쿠터|
        bicycle|자전거|Bicycle|bike,cyclist|
        kickboard|킥보드|Electric scooter|전동 킥보드,kickboard,e scooter|
        train|열차|Train|기차,지하철,railway,철도|
        boat|배|Boat|선박,ship,vessel|
        airplane|비행기|Airplane|항공기,aircraft,plane|
        drone|드론|Drone|무인기,uav|
        license-plate|번호판|License plate|차량 번호판,자동차 번호판,차번호,number plate,licence plate,car plate,plate|
        traffic-light|신호등|Traffic light|교통 신호,traffic signal|
        traffic-sign|교통 표지판|Traffic sign|표지판,도로 표지,road sign,stop sign|
        road|도로|Road|차도,street,거리,길,도로면,street scene,driving scene|
        crosswalk|횡단보도|Crosswalk|건널목,pedestrian crossing|
        pothole|포트홀|Pothole|도로 파임,노면 파손,road damage|
        parking-space|주차면|Parking space|주차장,주차 공간,parking lot,parking slot|
        fire|화재|Fire|불,불꽃,화염,flame|
        smoke|연기|Smoke|흡연,fume,smoking|
        water|물|Water|하천,강,river,침수|
        trash|쓰레기|Trash|garbage,waste,litter,폐기물,쓰레기봉투,재활용,recycling|
        crack|균열|Crack|갈라짐,금,fissure|
        helmet|안전모|Helmet|헬멧,hard hat,hardhat,safety helmet|
        safety-vest|안전 조끼|Safety vest|안전조끼,보호구,ppe,protective equipment,reflective vest|
        mask|마스크|Mask|face mask|
        glasses|안경|Glasses|eyeglasses,sunglasses,선글라스|
        weapon|무기|Weapon|흉기,총,칼,gun,knife,firearm,weapons|
        cell-phone|휴대전화|Cell phone|휴대폰,핸드폰,스마트폰,mobile phone,smartphone|
        cigarette|담배|Cigarette|흡연,smoking|
        dog|개|Dog|강아지,반려견,puppy|object:animal
        cat|고양이|Cat|반려묘,kitten|object:animal
        bird|새|Bird|조류,birds|object:animal
        horse|말|Horse|horses|object:animal
        cow|소|Cow|젖소,한우,cattle|object:animal
        pig|돼지|Pig|양돈,swine|object:animal
        chicken|닭|Chicken|양계,poultry|object:animal
        sheep|양|Sheep|lamb|object:animal
        animal|동물|Animal|가축,야생동물,짐승,wildlife,species,animals,livestock|
        fish|물고기|Fish|어류,양식|object:animal
        insect|곤충|Insect|벌레,해충,bug,pest|
        plant|식물|Plant|작물,농작물,식생,잎,leaf,crop,flower,꽃|
        fruit|과일|Fruit|사과,apple,과수|
        food|음식|Food|식품,요리,dish,meal,식사|
        tree|나무|Tree|수목,forest,숲|
        product|상품|Product|제품,물품,goods,package,item,포장|
        shelf|진열대|Shelf|선반,매대,shelves|
        bottle|병|Bottle|페트병,물병|
        bag|가방|Bag|backpack,배낭,handbag,suitcase,짐,luggage|
        clothing|의류|Clothing|옷,복장,fashion,패션,apparel,clothes|
        chair|의자|Chair|좌석,seat,sofa|
        furniture|가구|Furniture|책상,table,desk|
        building|건물|Building|건축물,빌딩,house|
        door|문|Door|출입문,gate,entrance|
        text|글자|Text|문자,텍스트,글씨|
        document|문서|Document|서류,영수증,receipt,invoice,form|
        barcode|바코드|Barcode|qr,qr code,큐알|
        digit|숫자|Digit|number,숫자들,mnist,numeral|
        meter|계기|Meter|계량기,게이지,gauge,검침|
        satellite-image|위성 영상|Satellite image|위성,항공 사진,remote sensing,aerial imagery|
        medical-image|의료 영상|Medical image|엑스레이,xray,x ray,mri,ct scan,초음파,ultrasound|
        cell|세포|Cell|현미경,microscopy,nucleus|
        tumor|종양|Tumor|암,cancer,lesion,tumour,병변|
        skin|피부|Skin|dermatology|
        heart|심장|Heart|심박,심전도,ecg,heartbeat|
        speech|음성|Speech|말,voice,spoken,발화,목소리|
        music|음악|Music|노래,song,instrument|
        siren|사이렌|Siren|경적,alarm,경보음|
        scream|비명|Scream|고함,shout,절규|
        glass-break|유리 파손|Glass break|유리 깨짐,broken glass|
        gunshot|총성|Gunshot|총소리|
        crying|울음|Crying|아기 울음,baby cry|
        sky|하늘|Sky|구름,cloud|
        coco|COCO 80종|COCO classes||
        """
}
