"""Thumbnails of photographs with Pillow, as in the talk: thumbnails.py FOLDER [HOW [WORKERS]]

HOW: serial, threads, processes, or make: 600 JPEGs are made in FOLDER. Prints the seconds that all
thumbnails took, with making and ending the pool.
"""
import glob
import os
import random
import sys
import time

from PIL import Image

PHOTOS = 600
SIZE = (75, 75)


def make_photos(folder):
    os.makedirs(folder, exist_ok=True)
    chance = random.Random(1)
    for number in range(PHOTOS):
        width = chance.choice((640, 800, 1024))
        photo = Image.effect_noise((width, width * 3 // 4), 40).convert("RGB")
        tint = Image.new("RGB", photo.size, tuple(chance.randrange(256) for _ in range(3)))
        Image.blend(photo, tint, 0.4).save("%s/%03d.jpg" % (folder, number), quality=85)


def create_thumbnail(path):
    image = Image.open(path)
    image.thumbnail(SIZE)
    folder, name = os.path.split(path)
    image.save(os.path.join(folder, "thumbnails", name))


def run(how, workers, paths):
    if how == "serial":
        for path in paths:
            create_thumbnail(path)
    elif how == "threads":
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(create_thumbnail, paths))
    else:
        import multiprocessing
        with multiprocessing.Pool(workers) as pool:
            pool.map(create_thumbnail, paths)
        pool.join()


def main():
    folder = sys.argv[1]
    how = sys.argv[2] if len(sys.argv) > 2 else "serial"
    if how == "make":
        return make_photos(folder)
    paths = sorted(glob.glob(os.path.join(folder, "*.jpg")))
    os.makedirs(os.path.join(folder, "thumbnails"), exist_ok=True)
    with Image.open(paths[0]) as image:  # Pillow loads its codecs
        image.resize(SIZE).save(os.devnull, "JPEG")
    begin = time.perf_counter()
    run(how, int(sys.argv[3]) if len(sys.argv) > 3 else 1, paths)
    print("%.6f" % (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
