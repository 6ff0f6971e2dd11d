"""States by the names, adjectives and capitals under which news speaks of them."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """A state: its name, other names, adjectives and peoples, and the capital that stands for it."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


def _parse(row: str) -> State:
    name, aliases, demonyms, capitals = (field.strip() for field in row.split("|"))

    def names(field: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in field.split(",") if part.strip())

    return State(name, names(aliases), names(demonyms), names(capitals))


_ROWS = """
Afghanistan | | Afghan, Afghans | Kabul
Albania | | Albanian, Albanians | Tirana
Algeria | | Algerian, Algerians | Algiers
Argentina | | Argentine, Argentinian, Argentines | Buenos Aires
Armenia | | Armenian, Armenians | Yerevan
Australia | | Australian, Australians | Canberra
Austria | | Austrian, Austrians | Vienna
Azerbaijan | | Azerbaijani, Azerbaijanis | Baku
Bahrain | | Bahraini, Bahrainis | Manama
Bangladesh | | Bangladeshi, Bangladeshis | Dhaka
Belarus | | Belarusian, Belarusians | Minsk
Belgium | | Belgian, Belgians |
Bolivia | | Bolivian, Bolivians | La Paz
Bosnia and Herzegovina | Bosnia | Bosnian, Bosnians | Sarajevo
Brazil | | Brazilian, Brazilians | Brasilia
Bulgaria | | Bulgarian, Bulgarians | Sofia
Cambodia | | Cambodian, Cambodians | Phnom Penh
Cameroon | | Cameroonian | Yaounde
Canada | | Canadian, Canadians | Ottawa
Chad | | Chadian, Chadians | N'Djamena
Chile | | Chilean, Chileans | Santiago
China | People's Republic of China | Chinese | Beijing
Colombia | | Colombian, Colombians | Bogota
Croatia | | Croatian, Croatians | Zagreb
Cuba | | Cuban, Cubans | Havana
Cyprus | | Cypriot, Cypriots | Nicosia
Czech Republic | Czechia | Czech, Czechs | Prague
Denmark | | Danish, Danes | Copenhagen
Ecuador | | Ecuadorian | Quito
Egypt | | Egyptian, Egyptians | Cairo
Estonia | | Estonian, Estonians | Tallinn
Ethiopia | | Ethiopian, Ethiopians | Addis Ababa
Finland | | Finnish, Finns | Helsinki
France | | French | Paris
Germany | | German, Germans | Berlin
Ghana | | Ghanaian, Ghanaians | Accra
Greece | | Greek, Greeks | Athens
Haiti | | Haitian, Haitians |
Hungary | | Hungarian, Hungarians | Budapest
Iceland | | Icelandic | Reykjavik
India | | Indian, Indians | New Delhi, Delhi
Indonesia | | Indonesian, Indonesians | Jakarta
Iran | Islamic Republic of Iran, Islamic Republic | Iranian, Iranians | Tehran
Iraq | | Iraqi, Iraqis | Baghdad
Ireland | | Irish | Dublin
Israel | | Israeli, Israelis | Jerusalem, Tel Aviv
Italy | | Italian, Italians | Rome
Japan | | Japanese | Tokyo
Jordan | | Jordanian, Jordanians | Amman
Kazakhstan | | Kazakh, Kazakhs | Astana
Kenya | | Kenyan, Kenyans | Nairobi
Kosovo | | Kosovar | Pristina
Kuwait | | Kuwaiti, Kuwaitis |
Latvia | | Latvian, Latvians | Riga
Lebanon | | Lebanese | Beirut
Libya | | Libyan, Libyans | Tripoli
Lithuania | | Lithuanian, Lithuanians | Vilnius
Malaysia | | Malaysian, Malaysians | Kuala Lumpur
Mali | | Malian, Malians | Bamako
Mexico | | Mexican, Mexicans | Mexico City
Moldova | | Moldovan, Moldovans | Chisinau
Morocco | | Moroccan, Moroccans | Rabat
Myanmar | Burma | Burmese | Naypyidaw
Netherlands | | Dutch | The Hague
New Zealand | | | Wellington
Nigeria | | Nigerian, Nigerians | Abuja
North Korea | DPRK | North Korean, North Koreans | Pyongyang
Norway | | Norwegian, Norwegians | Oslo
Oman | | Omani, Omanis | Muscat
Pakistan | | Pakistani, Pakistanis | Islamabad
Palestine | | Palestinian, Palestinians | Ramallah
Peru | | Peruvian, Peruvians | Lima
Philippines | | Filipino, Philippine, Filipinos | Manila
Poland | | Polish, Poles | Warsaw
Portugal | | Portuguese | Lisbon
Qatar | | Qatari, Qataris | Doha
Romania | | Romanian, Romanians | Bucharest
Russia | Russian Federation | Russian, Russians | Moscow
Rwanda | | Rwandan, Rwandans | Kigali
Saudi Arabia | Saudi, Saudis | Saudi Arabian | Riyadh
Serbia | | Serbian, Serbs | Belgrade
Slovakia | | Slovak, Slovaks | Bratislava
Somalia | | Somali, Somalis | Mogadishu
South Africa | | South African, South Africans | Pretoria
South Korea | | South Korean, South Koreans | Seoul
Spain | | Spanish, Spaniards | Madrid
Sudan | | Sudanese | Khartoum
Sweden | | Swedish, Swedes | Stockholm
Switzerland | | Swiss | Bern
Syria | Syrian Arab Republic | Syrian, Syrians | Damascus
Taiwan | | Taiwanese | Taipei
Tajikistan | | Tajik, Tajiks | Dushanbe
Thailand | | Thai, Thais | Bangkok
Tunisia | | Tunisian, Tunisians | Tunis
Turkey | Türkiye | Turkish, Turks | Ankara
Turkmenistan | | Turkmen | Ashgabat
Uganda | | Ugandan, Ugandans | Kampala
Ukraine | | Ukrainian, Ukrainians | Kiev, Kyiv
United Arab Emirates | UAE, Emirates | Emirati, Emiratis | Abu Dhabi
United Kingdom | UK, U.K., Britain, Great Britain | British, Britons | London
United States | US, U.S., USA, U.S.A., United States of America, America | American, Americans | Washington
Uzbekistan | | Uzbek, Uzbeks | Tashkent
Venezuela | | Venezuelan, Venezuelans | Caracas
Vietnam | | Vietnamese | Hanoi
Yemen | | Yemeni, Yemenis | Sanaa
Zimbabwe | | Zimbabwean | Harare
"""

STATES: tuple[State, ...] = tuple(_parse(row) for row in _ROWS.strip().splitlines())
