"""Make `summarizer/text/data/first_names.tsv`: given names in Latin script, with the usual gender.

    python scripts/make_first_names.py FAKER_FOLDER CENSUS_MALE CENSUS_FEMALE \
        > summarizer/text/data/first_names.tsv

FAKER_FOLDER is an unpacked `faker` 40.63.0 wheel (MIT licence; all locales that write Latin script, and its
romanised names); the census files are `dist.male.first` and `dist.female.first` of the US Census Bureau
(1990, public domain), as they come with the package `names` 0.3.0. Names from languages that these sources
lack in Latin script are listed below by hand. A line is a name, a tab, and m, f or u. Run by hand; the
result is committed.
"""

import importlib
import re
import sys
from pathlib import Path

NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[-'][^\W\d_]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏ'-]+")
CENSUS_MALE, CENSUS_FEMALE = 900, 2000  # beyond that, names are mostly surnames and common words
MALE = """
Aleksandr Aleksei Aleksey Alexei Alexey Oleksiy Oleksey Oleksandr Olexandr Anatoly Andrei Andrey Andriy
Anton Arkady Arseniy Boris Bohdan Denis Denys Dmitri Dmitry Dmytro Evgeny Yevgeny Yevhen Fyodor Gennady
Georgy Gleb Grigory Hryhoriy Igor Ihor Ilya Ivan Kirill Kyrylo Konstantin Kostiantyn Leonid Maksim Maxim
Maksym Mikhail Mykhailo Mykola Nikita Nikolai Nikolay Oleg Oleh Ostap Pavel Pavlo Petr Petro Pyotr Roman
Ruslan Rustem Semyon Serhiy Serhii Sergei Sergey Stanislav Stepan Taras Timofey Vadim Vadym Valentin
Valery Valeriy Vasily Vasyl Viktor Vitaly Vitali Vitaliy Vladimir Vladislav Volodymyr Vyacheslav Yaroslav
Yegor Yuri Yury Yuriy Zakhar Ramzan Sergio Siarhei Aliaksandr Nursultan Kassym-Jomart Ilham Nikol Irakli
Mikheil Ahmed Ahmad Abdullah Abdul Abdulaziz Abdel Ali Amir Anwar Ashraf Ayman Bashar Bassam Fahd Faisal
Farouk Fuad Ghassan Hamid Hassan Hasan Hussein Ibrahim Imad Ismail Jamal Kamal Karim Khaled Khalid Khalil
Mahmoud Majid Mansour Mohamed Mohammad Mohammed Muhammad Mustafa Mukhtar Musa Nabil Nasser Omar Osama
Qasem Rashid Riad Said Saeed Salah Salman Sami Samir Tamim Tariq Walid Yahya Yasser Yousef Youssef Yusuf
Zaid Ziad Ayatollah Hossein Mehdi Masoud Reza Javad Abbas Ebrahim Binyamin Benjamin Yitzhak Yair Yoav
Naftali Avigdor Itamar Bezalel Shimon Moshe Amit Anil Arun Arvind Ashok Deepak Dinesh Gautam Harish
Jagdish Kumar Mahesh Manish Mohan Mukesh Narendra Nikhil Pradeep Prakash Rahul Raj Rajesh Rajiv Rakesh
Ram Ramesh Ravi Rohit Sanjay Satya Shashi Subrahmanyam Sundar Sunil Suresh Vijay Vikram Vinod Vivek Imran
Nawaz Shehbaz Asif Bilal Arif Akira Hiroshi Kazuo Kenji Kenta Masahiro Masato Naoki Satoshi Shigeru
Shinzo Takashi Takeshi Tetsuya Toshiro Yoshihide Fumio Haruhiko Jae Jae-in Min-ho Sung Seok-youl Yoon-suk
Jong-un Xi Li Wei Jian Jun Ming Feng Hao Jinping Keqiang Yi Wang Zhang Chen Liu Hu Qiang Nguyen Minh Tuan
Hung Duc Thanh Bayo Chidi Emeka Kwame Kofi Oluwaseun Olusegun Goodluck Uhuru Jomo Cyril Thabo Sipho
Tendai Juma Joao Recep Tayyip Mehmet Kemal Mevlut Hakan Emre Viorel Klaus Andrzej Mateusz Donald Janusz
Jaroslaw Zoltan Viktor Jens Mette Sauli Petteri Geert Emmanuel Jean-Yves Jean-Claude Jean-Luc Josep Pedro
Luiz Jair Nayib Gustavo Andres Lopez Nicolas Javier Gitanas Antony Anthony Lloyd Ned Jake Wopke Bujar Edi
Aleksandar Milos Zoran Tedros Volker Annegret Friedrich Olaf
""".split()
FEMALE = """
Aleksandra Alina Anastasia Anna Daria Dariya Ekaterina Yekaterina Elena Yelena Olena Elvira Galina Halyna
Irina Iryna Kateryna Katharina Ksenia Larisa Lesia Lyudmila Maria Mariya Marina Natalia Nataliya Nadezhda
Oksana Olga Olha Polina Sofia Svetlana Sviatlana Tatiana Tatyana Tetiana Valentina Vera Viktoria Yulia
Yuliya Zhanna Aisha Amal Amina Fatima Hanan Huda Khadija Layla Leila Mariam Maryam Nadia Noor Rania Reem
Salma Samira Yasmin Zainab Zeinab Anjali Asha Deepika Indira Kavita Lakshmi Mamata Meera Nirmala Pooja
Pratibha Priya Priyanka Rekha Shanti Sonia Sushma Sunita Benazir Hina Malala Akiko Keiko Sanae Yuriko
Yoko Naoko Haruka Geun-hye Mi Ling Mei Xiaoling Ngozi Amara Chiamaka Adaeze Wanjiru Annalena Ursula
Christine Angela Sanna Mette Kaja Ingrida Zuzana Maia Giorgia Margrethe Kyriakos Jacinda Jeanne Wendy Jen
Katalin Ozlem Roza Gita Kristalina Dilma Michelle Claudia Ximena
""".split()


def main(faker_folder: str, census_male: str, census_female: str) -> None:
    male: set[str] = set(MALE)
    female: set[str] = set(FEMALE)
    sys.path.insert(0, faker_folder)
    for folder in sorted(Path(faker_folder, "faker/providers/person").iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for key, into in (
            ("first_names_male", (male,)),
            ("first_names_female", (female,)),
            ("first_romanized_names", (male, female)),
            ("first_names_unisex", (male, female)),
        ):
            for name in getattr(provider, key, None) or ():
                name = str(name).strip()
                if NAME.fullmatch(name) and LATIN.fullmatch(name) and not name.isupper():
                    for names in into:
                        names.add(name)
        for key, into_one in (("first_name_male_pairs", male), ("first_name_female_pairs", female)):
            into_one.update(pair[2] for pair in getattr(provider, key, ()))
    for path, count, names in ((census_male, CENSUS_MALE, male), (census_female, CENSUS_FEMALE, female)):
        for line in Path(path).read_text().splitlines()[:count]:
            names.add(line.split()[0].capitalize())
    for name in sorted(male | female):
        if len(name) > 1:
            print(f"{name}\t{'u' if name in male and name in female else 'm' if name in male else 'f'}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:4])
