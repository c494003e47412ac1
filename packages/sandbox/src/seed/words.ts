export const FIRST_NAMES =
  "Ada Alma Amir Anna Ben Bruno Carla Chen Clara Dario Edda Elif Emil Eva Farah Felix Greta Hanna Hugo Ida Ines Ivan Jana Jonas Kaito Lara Lena Leo Lina Luis Maja Marek Mila Nadia Nils Nora Olga Omar Paula Pia Rafael Rosa Sami Sara Tariq Tessa Theo Vera Yusuf Zoe".split(
    " ",
  );

export const LAST_NAMES =
  "Abel Bauer Becker Berg Blanc Borg Costa Dahl Diaz Engel Falk Ferrari Fischer Garcia Gruber Haas Hansen Ito Jansen Keller Kim Klein Kovac Lang Larsen Lopez Lund Maier Marino Meyer Moreau Nagy Novak Olsen Ortiz Park Petit Popov Ricci Roth Santos Sato Silva Sommer Tanaka Vogel Wagner Weber Winter Yilmaz".split(
    " ",
  );

export const DEPARTMENTS =
  "Sales,Research & Development,Finance,Human Resources,Operations,Marketing,Legal,Customer Care,Logistics,Quality,Purchasing,Information Technology".split(
    ",",
  );

export const JOBS =
  "Account Manager,Analyst,Assistant,Buyer,Consultant,Controller,Developer,Engineer,Recruiter,Team Lead".split(",");
