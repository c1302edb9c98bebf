import type { Place } from './nearest-zones.ts';

/** Principal places of all zones, as tz database's zone1970.tab has them: `zone latitude longitude`, tenths of a degree. */
const TABLE = `
Europe/Andorra 42.5 1.5|Asia/Dubai 25.3 55.3|Asia/Kabul 34.5 69.2|Europe/Tirane 41.3 19.8
Asia/Yerevan 40.2 44.5|Antarctica/Casey -66.3 110.5|Antarctica/Davis -68.6 78|Antarctica/Mawson -67.6 62.9
Antarctica/Palmer -64.8 -64.1|Antarctica/Rothera -67.6 -68.1|Antarctica/Troll -72 2.5|Antarctica/Vostok -78.4 106.9
America/Argentina/Buenos_Aires -34.6 -58.5|America/Argentina/Cordoba -31.4 -64.2|America/Argentina/Salta -24.8 -65.4|America/Argentina/Jujuy -24.2 -65.3
America/Argentina/Tucuman -26.8 -65.2|America/Argentina/Catamarca -28.5 -65.8|America/Argentina/La_Rioja -29.4 -66.8|America/Argentina/San_Juan -31.5 -68.5
America/Argentina/Mendoza -32.9 -68.8|America/Argentina/San_Luis -33.3 -66.3|America/Argentina/Rio_Gallegos -51.6 -69.2|America/Argentina/Ushuaia -54.8 -68.3
Pacific/Pago_Pago -14.3 -170.7|Europe/Vienna 48.2 16.3|Australia/Lord_Howe -31.6 159.1|Antarctica/Macquarie -54.5 158.9
Australia/Hobart -42.9 147.3|Australia/Melbourne -37.8 145|Australia/Sydney -33.9 151.2|Australia/Broken_Hill -31.9 141.4
Australia/Brisbane -27.5 153|Australia/Lindeman -20.3 149|Australia/Adelaide -34.9 138.6|Australia/Darwin -12.5 130.8
Australia/Perth -31.9 115.8|Australia/Eucla -31.7 128.9|Asia/Baku 40.4 49.9|America/Barbados 13.1 -59.6
Asia/Dhaka 23.7 90.4|Europe/Brussels 50.8 4.3|Europe/Sofia 42.7 23.3|Atlantic/Bermuda 32.3 -64.8
America/La_Paz -16.5 -68.2|America/Noronha -3.9 -32.4|America/Belem -1.4 -48.5|America/Fortaleza -3.7 -38.5
America/Recife -8.1 -34.9|America/Araguaina -7.2 -48.2|America/Maceio -9.7 -35.7|America/Bahia -13 -38.5
America/Sao_Paulo -23.5 -46.6|America/Campo_Grande -20.4 -54.6|America/Cuiaba -15.6 -56.1|America/Santarem -2.4 -54.9
America/Porto_Velho -8.8 -63.9|America/Boa_Vista 2.8 -60.7|America/Manaus -3.1 -60|America/Eirunepe -6.7 -69.9
America/Rio_Branco -10 -67.8|Asia/Thimphu 27.5 89.7|Europe/Minsk 53.9 27.6|America/Belize 17.5 -88.2
America/St_Johns 47.6 -52.7|America/Halifax 44.6 -63.6|America/Glace_Bay 46.2 -60|America/Moncton 46.1 -64.8
America/Goose_Bay 53.3 -60.4|America/Toronto 43.6 -79.4|America/Iqaluit 63.7 -68.5|America/Winnipeg 49.9 -97.2
America/Resolute 74.7 -94.8|America/Rankin_Inlet 62.8 -92.1|America/Regina 50.4 -104.7|America/Swift_Current 50.3 -107.8
America/Edmonton 53.5 -113.5|America/Cambridge_Bay 69.1 -105.1|America/Inuvik 68.3 -133.7|America/Dawson_Creek 55.8 -120.2
America/Fort_Nelson 58.8 -122.7|America/Whitehorse 60.7 -135.1|America/Dawson 64.1 -139.4|America/Vancouver 49.3 -123.1
Europe/Zurich 47.4 8.5|Africa/Abidjan 5.3 -4|Pacific/Rarotonga -21.2 -159.8|America/Santiago -33.5 -70.7
America/Coyhaique -45.6 -72.1|America/Punta_Arenas -53.1 -70.9|Pacific/Easter -27.1 -109.4|Asia/Shanghai 31.2 121.5
Asia/Urumqi 43.8 87.6|America/Bogota 4.6 -74.1|America/Costa_Rica 9.9 -84.1|America/Havana 23.1 -82.4
Atlantic/Cape_Verde 14.9 -23.5|Asia/Nicosia 35.2 33.4|Asia/Famagusta 35.1 34|Europe/Prague 50.1 14.4
Europe/Berlin 52.5 13.4|America/Santo_Domingo 18.5 -69.9|Africa/Algiers 36.8 3|America/Guayaquil -2.2 -79.8
Pacific/Galapagos -0.9 -89.6|Europe/Tallinn 59.4 24.8|Africa/Cairo 30.1 31.2|Africa/El_Aaiun 27.1 -13.2
Europe/Madrid 40.4 -3.7|Africa/Ceuta 35.9 -5.3|Atlantic/Canary 28.1 -15.4|Europe/Helsinki 60.2 25
Pacific/Fiji -18.1 178.4|Atlantic/Stanley -51.7 -57.9|Pacific/Kosrae 5.3 163|Atlantic/Faroe 62 -6.8
Europe/Paris 48.9 2.3|Europe/London 51.5 -0.1|Asia/Tbilisi 41.7 44.8|America/Cayenne 4.9 -52.3
Europe/Gibraltar 36.1 -5.3|America/Nuuk 64.2 -51.7|America/Danmarkshavn 76.8 -18.7|America/Scoresbysund 70.5 -22
America/Thule 76.6 -68.8|Europe/Athens 38 23.7|Atlantic/South_Georgia -54.3 -36.5|America/Guatemala 14.6 -90.5
Pacific/Guam 13.5 144.8|Africa/Bissau 11.8 -15.6|America/Guyana 6.8 -58.2|Asia/Hong_Kong 22.3 114.2
America/Tegucigalpa 14.1 -87.2|America/Port-au-Prince 18.5 -72.3|Europe/Budapest 47.5 19.1|Asia/Jakarta -6.2 106.8
Asia/Pontianak -0 109.3|Asia/Makassar -5.1 119.4|Asia/Jayapura -2.5 140.7|Europe/Dublin 53.3 -6.2
Asia/Jerusalem 31.8 35.2|Asia/Kolkata 22.5 88.4|Indian/Chagos -7.3 72.4|Asia/Baghdad 33.4 44.4
Asia/Tehran 35.7 51.4|Europe/Rome 41.9 12.5|America/Jamaica 18 -76.8|Asia/Amman 31.9 35.9
Asia/Tokyo 35.7 139.7|Africa/Nairobi -1.3 36.8|Asia/Bishkek 42.9 74.6|Pacific/Tarawa 1.4 173
Pacific/Kanton -2.8 -171.7|Pacific/Kiritimati 1.9 -157.3|Asia/Pyongyang 39 125.8|Asia/Seoul 37.5 127
Asia/Almaty 43.2 77|Asia/Qyzylorda 44.8 65.5|Asia/Qostanay 53.2 63.6|Asia/Aqtobe 50.3 57.2
Asia/Aqtau 44.5 50.3|Asia/Atyrau 47.1 51.9|Asia/Oral 51.2 51.4|Asia/Beirut 33.9 35.5
Asia/Colombo 6.9 79.8|Africa/Monrovia 6.3 -10.8|Europe/Vilnius 54.7 25.3|Europe/Riga 57 24.1
Africa/Tripoli 32.9 13.2|Africa/Casablanca 33.6 -7.6|Europe/Chisinau 47 28.8|Pacific/Kwajalein 9.1 167.3
Asia/Yangon 16.8 96.2|Asia/Ulaanbaatar 47.9 106.9|Asia/Hovd 48 91.7|Asia/Macau 22.2 113.5
America/Martinique 14.6 -61.1|Europe/Malta 35.9 14.5|Indian/Mauritius -20.2 57.5|Indian/Maldives 4.2 73.5
America/Mexico_City 19.4 -99.2|America/Cancun 21.1 -86.8|America/Merida 21 -89.6|America/Monterrey 25.7 -100.3
America/Matamoros 25.8 -97.5|America/Chihuahua 28.6 -106.1|America/Ciudad_Juarez 31.7 -106.5|America/Ojinaga 29.6 -104.4
America/Mazatlan 23.2 -106.4|America/Bahia_Banderas 20.8 -105.2|America/Hermosillo 29.1 -111|America/Tijuana 32.5 -117
Asia/Kuching 1.6 110.3|Africa/Maputo -26 32.6|Africa/Windhoek -22.6 17.1|Pacific/Noumea -22.3 166.4
Pacific/Norfolk -29.1 168|Africa/Lagos 6.5 3.4|America/Managua 12.2 -86.3|Asia/Kathmandu 27.7 85.3
Pacific/Nauru -0.5 166.9|Pacific/Niue -19 -169.9|Pacific/Auckland -36.9 174.8|Pacific/Chatham -44 -176.6
America/Panama 9 -79.5|America/Lima -12.1 -77|Pacific/Tahiti -17.5 -149.6|Pacific/Marquesas -9 -139.5
Pacific/Gambier -23.1 -134.9|Pacific/Port_Moresby -9.5 147.2|Pacific/Bougainville -6.2 155.6|Asia/Manila 14.6 121
Asia/Karachi 24.9 67|Europe/Warsaw 52.2 21|America/Miquelon 47 -56.3|Pacific/Pitcairn -25.1 -130.1
America/Puerto_Rico 18.5 -66.1|Asia/Gaza 31.5 34.5|Asia/Hebron 31.5 35.1|Europe/Lisbon 38.7 -9.1
Atlantic/Madeira 32.6 -16.9|Atlantic/Azores 37.7 -25.7|Pacific/Palau 7.3 134.5|America/Asuncion -25.3 -57.7
Asia/Qatar 25.3 51.5|Europe/Bucharest 44.4 26.1|Europe/Belgrade 44.8 20.5|Europe/Kaliningrad 54.7 20.5
Europe/Moscow 55.8 37.6|Europe/Simferopol 45 34.1|Europe/Kirov 58.6 49.6|Europe/Volgograd 48.7 44.4
Europe/Astrakhan 46.4 48|Europe/Saratov 51.6 46|Europe/Ulyanovsk 54.3 48.4|Europe/Samara 53.2 50.1
Asia/Yekaterinburg 56.9 60.6|Asia/Omsk 55 73.4|Asia/Novosibirsk 55 82.9|Asia/Barnaul 53.4 83.8
Asia/Tomsk 56.5 85|Asia/Novokuznetsk 53.8 87.1|Asia/Krasnoyarsk 56 92.8|Asia/Irkutsk 52.3 104.3
Asia/Chita 52 113.5|Asia/Yakutsk 62 129.7|Asia/Khandyga 62.7 135.6|Asia/Vladivostok 43.2 131.9
Asia/Ust-Nera 64.6 143.2|Asia/Magadan 59.6 150.8|Asia/Sakhalin 47 142.7|Asia/Srednekolymsk 67.5 153.7
Asia/Kamchatka 53 158.7|Asia/Anadyr 64.8 177.5|Asia/Riyadh 24.6 46.7|Pacific/Guadalcanal -9.5 160.2
Africa/Khartoum 15.6 32.5|Asia/Singapore 1.3 103.8|America/Paramaribo 5.8 -55.2|Africa/Juba 4.8 31.6
Africa/Sao_Tome 0.3 6.7|America/El_Salvador 13.7 -89.2|Asia/Damascus 33.5 36.3|America/Grand_Turk 21.5 -71.1
Africa/Ndjamena 12.1 15.1|Asia/Bangkok 13.8 100.5|Asia/Dushanbe 38.6 68.8|Pacific/Fakaofo -9.4 -171.2
Asia/Dili -8.6 125.6|Asia/Ashgabat 38 58.4|Africa/Tunis 36.8 10.2|Pacific/Tongatapu -21.1 -175.2
Europe/Istanbul 41 29|Asia/Taipei 25.1 121.5|Europe/Kyiv 50.4 30.5|America/New_York 40.7 -74
America/Detroit 42.3 -83|America/Kentucky/Louisville 38.3 -85.8|America/Kentucky/Monticello 36.8 -84.8|America/Indiana/Indianapolis 39.8 -86.2
America/Indiana/Vincennes 38.7 -87.5|America/Indiana/Winamac 41.1 -86.6|America/Indiana/Marengo 38.4 -86.3|America/Indiana/Petersburg 38.5 -87.3
America/Indiana/Vevay 38.7 -85.1|America/Chicago 41.9 -87.7|America/Indiana/Tell_City 38 -86.8|America/Indiana/Knox 41.3 -86.6
America/Menominee 45.1 -87.6|America/North_Dakota/Center 47.1 -101.3|America/North_Dakota/New_Salem 46.8 -101.4|America/North_Dakota/Beulah 47.3 -101.8
America/Denver 39.7 -105|America/Boise 43.6 -116.2|America/Phoenix 33.4 -112.1|America/Los_Angeles 34.1 -118.2
America/Anchorage 61.2 -149.9|America/Juneau 58.3 -134.4|America/Sitka 57.2 -135.3|America/Metlakatla 55.1 -131.6
America/Yakutat 59.5 -139.7|America/Nome 64.5 -165.4|America/Adak 51.9 -176.7|Pacific/Honolulu 21.3 -157.9
America/Montevideo -34.9 -56.2|Asia/Samarkand 39.7 66.8|Asia/Tashkent 41.3 69.3|America/Caracas 10.5 -66.9
Asia/Ho_Chi_Minh 10.8 106.7|Pacific/Efate -17.7 168.4|Pacific/Apia -13.8 -171.7|Africa/Johannesburg -26.2 28
`;

/** One place for each zone of the world. */
export const ZONE_PLACES: readonly Place[] = TABLE.trim()
  .split(/[|\n]/)
  .map((cell) => {
    const [zone = '', latitude, longitude] = cell.split(' ');
    return { zone, latitude: Number(latitude), longitude: Number(longitude) };
  });
