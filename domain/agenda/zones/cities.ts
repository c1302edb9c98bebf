/** A city that people name to say which clock they live by. */
export interface City {
  readonly ru: string;
  readonly en: string;
  /** IANA. */
  readonly zone: string;
  /** Degrees; south and west are below zero. */
  readonly latitude: number;
  readonly longitude: number;
  /** What it is called besides. */
  readonly aliases: readonly string[];
}

/** `ru|en|zone|latitude|longitude|aliases`: large cities, and one for each clock that differs. */
const TABLE = `
Москва|Moscow|Europe/Moscow|55.75|37.62|мск,msk
Санкт-Петербург|Saint Petersburg|Europe/Moscow|59.94|30.31|питер,спб,петербург,st petersburg,petersburg,spb
Калининград|Kaliningrad|Europe/Kaliningrad|54.71|20.51|
Мурманск|Murmansk|Europe/Moscow|68.97|33.08|
Архангельск|Arkhangelsk|Europe/Moscow|64.54|40.54|
Вологда|Vologda|Europe/Moscow|59.22|39.89|
Ярославль|Yaroslavl|Europe/Moscow|57.63|39.87|
Тверь|Tver|Europe/Moscow|56.86|35.9|
Смоленск|Smolensk|Europe/Moscow|54.78|32.05|
Брянск|Bryansk|Europe/Moscow|53.25|34.37|
Тула|Tula|Europe/Moscow|54.19|37.62|
Рязань|Ryazan|Europe/Moscow|54.63|39.74|
Воронеж|Voronezh|Europe/Moscow|51.66|39.2|
Белгород|Belgorod|Europe/Moscow|50.6|36.59|
Курск|Kursk|Europe/Moscow|51.73|36.19|
Липецк|Lipetsk|Europe/Moscow|52.61|39.59|
Тамбов|Tambov|Europe/Moscow|52.72|41.45|
Пенза|Penza|Europe/Moscow|53.2|45
Саранск|Saransk|Europe/Moscow|54.19|45.18|
Нижний Новгород|Nizhny Novgorod|Europe/Moscow|56.33|44|нижний,ннов
Великий Новгород|Veliky Novgorod|Europe/Moscow|58.52|31.27|новгород,novgorod
Псков|Pskov|Europe/Moscow|57.82|28.33|
Петрозаводск|Petrozavodsk|Europe/Moscow|61.79|34.36|карелия
Орёл|Oryol|Europe/Moscow|52.97|36.06|
Калуга|Kaluga|Europe/Moscow|54.51|36.26|
Иваново|Ivanovo|Europe/Moscow|57|40.97|
Кострома|Kostroma|Europe/Moscow|57.77|40.93|
Владимир|Vladimir|Europe/Moscow|56.13|40.41|
Элиста|Elista|Europe/Moscow|46.31|44.27|калмыкия
Нальчик|Nalchik|Europe/Moscow|43.48|43.61|
Владикавказ|Vladikavkaz|Europe/Moscow|43.02|44.68|
Магас|Magas|Europe/Moscow|43.17|44.81|ингушетия,назрань
Черкесск|Cherkessk|Europe/Moscow|44.23|42.06|
Майкоп|Maykop|Europe/Moscow|44.61|40.11|адыгея
Йошкар-Ола|Yoshkar-Ola|Europe/Moscow|56.63|47.89|
Набережные Челны|Naberezhnye Chelny|Europe/Moscow|55.73|52.41|челны
Нарьян-Мар|Naryan-Mar|Europe/Moscow|67.64|53.01|
Чебоксары|Cheboksary|Europe/Moscow|56.13|47.25|
Казань|Kazan|Europe/Moscow|55.79|49.12|
Киров|Kirov|Europe/Moscow|58.6|49.66|
Сыктывкар|Syktyvkar|Europe/Moscow|61.67|50.81|
Ростов-на-Дону|Rostov-on-Don|Europe/Moscow|47.24|39.71|ростов,rostov
Краснодар|Krasnodar|Europe/Moscow|45.04|38.98|
Сочи|Sochi|Europe/Moscow|43.6|39.73|
Ставрополь|Stavropol|Europe/Moscow|45.04|41.97|
Махачкала|Makhachkala|Europe/Moscow|42.98|47.5|
Грозный|Grozny|Europe/Moscow|43.32|45.7|
Волгоград|Volgograd|Europe/Volgograd|48.71|44.51|
Симферополь|Simferopol|Europe/Simferopol|44.95|34.1|севастополь,ялта
Саратов|Saratov|Europe/Saratov|51.53|46.03|
Астрахань|Astrakhan|Europe/Astrakhan|46.35|48.04|
Ульяновск|Ulyanovsk|Europe/Ulyanovsk|54.32|48.4|
Самара|Samara|Europe/Samara|53.2|50.15|тольятти,tolyatti
Ижевск|Izhevsk|Europe/Samara|56.85|53.2|
Уфа|Ufa|Asia/Yekaterinburg|54.74|55.97|
Пермь|Perm|Asia/Yekaterinburg|58.01|56.25|
Оренбург|Orenburg|Asia/Yekaterinburg|51.77|55.1|
Екатеринбург|Yekaterinburg|Asia/Yekaterinburg|56.84|60.61|екб,ekb,ekaterinburg
Челябинск|Chelyabinsk|Asia/Yekaterinburg|55.16|61.4|магнитогорск
Тюмень|Tyumen|Asia/Yekaterinburg|57.15|65.53|
Сургут|Surgut|Asia/Yekaterinburg|61.25|73.4|
Курган|Kurgan|Asia/Yekaterinburg|55.44|65.34|
Омск|Omsk|Asia/Omsk|54.99|73.37|
Новосибирск|Novosibirsk|Asia/Novosibirsk|55.03|82.92|нск,nsk
Томск|Tomsk|Asia/Tomsk|56.48|84.95|
Барнаул|Barnaul|Asia/Barnaul|53.35|83.78|
Кемерово|Kemerovo|Asia/Novokuznetsk|55.35|86.09|
Новокузнецк|Novokuznetsk|Asia/Novokuznetsk|53.76|87.11|
Красноярск|Krasnoyarsk|Asia/Krasnoyarsk|56.01|92.85|абакан,норильск
Иркутск|Irkutsk|Asia/Irkutsk|52.29|104.28|
Улан-Удэ|Ulan-Ude|Asia/Irkutsk|51.83|107.6|
Чита|Chita|Asia/Chita|52.03|113.5|
Якутск|Yakutsk|Asia/Yakutsk|62.03|129.73|
Благовещенск|Blagoveshchensk|Asia/Yakutsk|50.29|127.53|
Хабаровск|Khabarovsk|Asia/Vladivostok|48.48|135.08|
Владивосток|Vladivostok|Asia/Vladivostok|43.12|131.89|
Южно-Сахалинск|Yuzhno-Sakhalinsk|Asia/Sakhalin|46.96|142.73|сахалин
Магадан|Magadan|Asia/Magadan|59.57|150.8|
Петропавловск-Камчатский|Petropavlovsk-Kamchatsky|Asia/Kamchatka|53.02|158.65|камчатка,kamchatka
Тольятти|Tolyatti|Europe/Samara|53.51|49.42|
Магнитогорск|Magnitogorsk|Asia/Yekaterinburg|53.41|58.98|
Ханты-Мансийск|Khanty-Mansiysk|Asia/Yekaterinburg|61|69.02|югра
Салехард|Salekhard|Asia/Yekaterinburg|66.53|66.6|ямал
Абакан|Abakan|Asia/Krasnoyarsk|53.72|91.43|хакасия
Кызыл|Kyzyl|Asia/Krasnoyarsk|51.72|94.45|тыва,тува
Горно-Алтайск|Gorno-Altaysk|Asia/Barnaul|51.96|85.96|
Норильск|Norilsk|Asia/Krasnoyarsk|69.35|88.2|
Биробиджан|Birobidzhan|Asia/Vladivostok|48.79|132.93|
Анадырь|Anadyr|Asia/Anadyr|64.73|177.5|чукотка
Минск|Minsk|Europe/Minsk|53.9|27.57|
Киев|Kyiv|Europe/Kyiv|50.45|30.52|київ,kiev
Одесса|Odesa|Europe/Kyiv|46.48|30.73|odessa
Кишинёв|Chisinau|Europe/Chisinau|47.01|28.86|
Рига|Riga|Europe/Riga|56.95|24.11|
Вильнюс|Vilnius|Europe/Vilnius|54.69|25.28|
Таллин|Tallinn|Europe/Tallinn|59.44|24.75|таллинн
Хельсинки|Helsinki|Europe/Helsinki|60.17|24.94|
Стокгольм|Stockholm|Europe/Stockholm|59.33|18.07|
Осло|Oslo|Europe/Oslo|59.91|10.75|
Копенгаген|Copenhagen|Europe/Copenhagen|55.68|12.57|
Рейкьявик|Reykjavik|Atlantic/Reykjavik|64.15|-21.94|
Лондон|London|Europe/London|51.51|-0.13|
Манчестер|Manchester|Europe/London|53.48|-2.24|
Эдинбург|Edinburgh|Europe/London|55.95|-3.19|
Дублин|Dublin|Europe/Dublin|53.35|-6.26|
Лиссабон|Lisbon|Europe/Lisbon|38.72|-9.14|
Мадрид|Madrid|Europe/Madrid|40.42|-3.7|
Барселона|Barcelona|Europe/Madrid|41.39|2.17|
Париж|Paris|Europe/Paris|48.86|2.35|
Брюссель|Brussels|Europe/Brussels|50.85|4.35|
Амстердам|Amsterdam|Europe/Amsterdam|52.37|4.9|
Берлин|Berlin|Europe/Berlin|52.52|13.4|
Мюнхен|Munich|Europe/Berlin|48.14|11.58|münchen
Гамбург|Hamburg|Europe/Berlin|53.55|9.99|
Франкфурт|Frankfurt|Europe/Berlin|50.11|8.68|
Цюрих|Zurich|Europe/Zurich|47.37|8.54|женева,geneva,zürich
Вена|Vienna|Europe/Vienna|48.21|16.37|wien
Прага|Prague|Europe/Prague|50.08|14.44|
Варшава|Warsaw|Europe/Warsaw|52.23|21.01|
Будапешт|Budapest|Europe/Budapest|47.5|19.04|
Белград|Belgrade|Europe/Belgrade|44.79|20.45|
Подгорица|Podgorica|Europe/Podgorica|42.43|19.26|черногория,montenegro
София|Sofia|Europe/Sofia|42.7|23.32|
Бухарест|Bucharest|Europe/Bucharest|44.43|26.1|
Афины|Athens|Europe/Athens|37.98|23.73|
Рим|Rome|Europe/Rome|41.9|12.5|
Милан|Milan|Europe/Rome|45.46|9.19|
Стамбул|Istanbul|Europe/Istanbul|41.01|28.98|анкара,анталья,antalya,ankara
Никосия|Nicosia|Asia/Nicosia|35.17|33.36|лимассол,limassol,кипр,cyprus
Тбилиси|Tbilisi|Asia/Tbilisi|41.72|44.79|батуми,batumi
Ереван|Yerevan|Asia/Yerevan|40.18|44.51|
Баку|Baku|Asia/Baku|40.41|49.87|
Тель-Авив|Tel Aviv|Asia/Jerusalem|32.09|34.78|иерусалим,jerusalem,хайфа,haifa
Дубай|Dubai|Asia/Dubai|25.2|55.27|абу-даби,abu dhabi
Доха|Doha|Asia/Qatar|25.29|51.53|
Эр-Рияд|Riyadh|Asia/Riyadh|24.71|46.68|
Тегеран|Tehran|Asia/Tehran|35.69|51.39|
Каир|Cairo|Africa/Cairo|30.04|31.24|
Алматы|Almaty|Asia/Almaty|43.24|76.89|алма-ата
Астана|Astana|Asia/Almaty|51.17|71.43|
Актобе|Aktobe|Asia/Aqtobe|50.28|57.17|
Ташкент|Tashkent|Asia/Tashkent|41.3|69.24|
Самарканд|Samarkand|Asia/Samarkand|39.65|66.96|
Бишкек|Bishkek|Asia/Bishkek|42.87|74.59|
Душанбе|Dushanbe|Asia/Dushanbe|38.56|68.79|
Ашхабад|Ashgabat|Asia/Ashgabat|37.96|58.33|
Карачи|Karachi|Asia/Karachi|24.86|67|
Дели|Delhi|Asia/Kolkata|28.61|77.21|new delhi
Мумбаи|Mumbai|Asia/Kolkata|19.08|72.88|гоа,goa
Бангалор|Bangalore|Asia/Kolkata|12.97|77.59|bengaluru
Катманду|Kathmandu|Asia/Kathmandu|27.72|85.32|
Дакка|Dhaka|Asia/Dhaka|23.81|90.41|
Бангкок|Bangkok|Asia/Bangkok|13.76|100.5|пхукет,phuket
Ханой|Hanoi|Asia/Ho_Chi_Minh|21.03|105.85|хошимин,ho chi minh,нячанг
Куала-Лумпур|Kuala Lumpur|Asia/Kuala_Lumpur|3.14|101.69|
Сингапур|Singapore|Asia/Singapore|1.35|103.82|
Джакарта|Jakarta|Asia/Jakarta|-6.2|106.85|
Денпасар|Denpasar|Asia/Makassar|-8.65|115.22|бали,bali
Манила|Manila|Asia/Manila|14.6|120.98|
Гонконг|Hong Kong|Asia/Hong_Kong|22.32|114.17|
Пекин|Beijing|Asia/Shanghai|39.9|116.41|
Шанхай|Shanghai|Asia/Shanghai|31.23|121.47|гуанчжоу,guangzhou,shenzhen
Тайбэй|Taipei|Asia/Taipei|25.03|121.57|
Сеул|Seoul|Asia/Seoul|37.57|126.98|
Токио|Tokyo|Asia/Tokyo|35.68|139.69|осака,osaka
Улан-Батор|Ulaanbaatar|Asia/Ulaanbaatar|47.89|106.91|
Перт|Perth|Australia/Perth|-31.95|115.86|
Аделаида|Adelaide|Australia/Adelaide|-34.93|138.6|
Дарвин|Darwin|Australia/Darwin|-12.46|130.85|
Брисбен|Brisbane|Australia/Brisbane|-27.47|153.03|
Сидней|Sydney|Australia/Sydney|-33.87|151.21|
Мельбурн|Melbourne|Australia/Melbourne|-37.81|144.96|
Окленд|Auckland|Pacific/Auckland|-36.85|174.76|
Гонолулу|Honolulu|Pacific/Honolulu|21.31|-157.86|гавайи,hawaii
Анкоридж|Anchorage|America/Anchorage|61.22|-149.9|
Лос-Анджелес|Los Angeles|America/Los_Angeles|34.05|-118.24|la
Сан-Франциско|San Francisco|America/Los_Angeles|37.77|-122.42|sf
Сиэтл|Seattle|America/Los_Angeles|47.61|-122.33|
Ванкувер|Vancouver|America/Vancouver|49.28|-123.12|
Финикс|Phoenix|America/Phoenix|33.45|-112.07|
Денвер|Denver|America/Denver|39.74|-104.99|
Чикаго|Chicago|America/Chicago|41.88|-87.63|
Даллас|Dallas|America/Chicago|32.78|-96.8|хьюстон,houston,остин,austin
Мехико|Mexico City|America/Mexico_City|19.43|-99.13|
Нью-Йорк|New York|America/New_York|40.71|-74.01|nyc,нью йорк
Бостон|Boston|America/New_York|42.36|-71.06|
Вашингтон|Washington|America/New_York|38.91|-77.04|
Майами|Miami|America/New_York|25.76|-80.19|
Атланта|Atlanta|America/New_York|33.75|-84.39|
Торонто|Toronto|America/Toronto|43.65|-79.38|
Монреаль|Montreal|America/Toronto|45.5|-73.57|
Галифакс|Halifax|America/Halifax|44.65|-63.58|
Сент-Джонс|St. John's|America/St_Johns|47.56|-52.71|
Гавана|Havana|America/Havana|23.11|-82.37|
Богота|Bogota|America/Bogota|4.71|-74.07|
Лима|Lima|America/Lima|-12.05|-77.04|
Каракас|Caracas|America/Caracas|10.48|-66.9|
Сантьяго|Santiago|America/Santiago|-33.45|-70.67|
Сан-Паулу|Sao Paulo|America/Sao_Paulo|-23.55|-46.63|рио-де-жанейро,rio de janeiro
Буэнос-Айрес|Buenos Aires|America/Argentina/Buenos_Aires|-34.6|-58.38|
Лагос|Lagos|Africa/Lagos|6.52|3.38|
Найроби|Nairobi|Africa/Nairobi|-1.29|36.82|
Кейптаун|Cape Town|Africa/Johannesburg|-33.92|18.42|йоханнесбург,johannesburg
Касабланка|Casablanca|Africa/Casablanca|33.57|-7.59|
`;

/** Cities by which zones are found. */
export const CITIES: readonly City[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [ru = '', en = '', zone = '', latitude = '', longitude = '', aliases = ''] = line.split('|');
    return {
      ...{ ru, en, zone },
      ...{ latitude: Number(latitude), longitude: Number(longitude) },
      aliases: aliases.split(',').filter((alias) => alias !== ''),
    };
  });
