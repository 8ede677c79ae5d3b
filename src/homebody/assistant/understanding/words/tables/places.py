"""Rooms and floors that homes have: words for places, whether or not this home has them."""

from __future__ import annotations

ROOMS = """
    客厅, 卧室, 主卧, 次卧, 厨房, 书房, 卫生间, 洗手间, 浴室, 厕所, 阳台, 餐厅, 饭厅, 玄关, 走廊, 车库, 花园,
    院子, 儿童房, 婴儿房, 客房, 地下室, 阁楼, 储藏室, 储物间, 衣帽间, 洗衣房, 办公室, 健身房, 影音室, 茶室,
    露台, 楼梯, 门厅, 老人房, 保姆房, 工作室, 酒窖, 会议室, 游泳池, 泳池, 后院, 前院, 天台, 楼梯间, 过道,
    living room, bedroom, master bedroom, kitchen, study, bathroom, toilet, balcony, dining room, hallway,
    corridor, garage, garden, yard, backyard, kids room, kids' room, nursery, guest room, basement, attic,
    cellar, pantry, closet, laundry room, office, gym, media room, patio, terrace, stairs, porch, lounge, den,
    workshop, wine cellar, pool, driveway, shed, loft, conservatory, sunroom, utility room, library,
    home theater, hall, foyer, entryway, mudroom, rooftop, sauna, spare room, greenhouse
"""
FLOORS = """
    楼上, 楼下, 一楼, 二楼, 三楼, 四楼, 五楼, 顶楼, 地下, upstairs, downstairs, first floor, second floor,
    third floor, ground floor, top floor
"""
