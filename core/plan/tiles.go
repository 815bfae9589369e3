package plan

import "fmt"

// Tile is a unit's place on the map of squares: rows from the north, columns from the west, both from 1. Where a plan gives none, places are
// derived from coordinates, then from names (KH:IV.2.c).
type Tile struct {
	Unit string `yaml:"unit"`
	Row  int    `yaml:"row"`
	Col  int    `yaml:"col"`
}

// maxTile bounds a map of squares, so that it stays readable.
const maxTile = 40

func (c *checker) tiles(p *Plan) {
	units, places := map[string]bool{}, map[[2]int]bool{}
	for i, t := range p.Tiles {
		path := fmt.Sprintf("tiles[%d]", i)
		at := [2]int{t.Row, t.Col}
		switch {
		case t.Unit == "":
			c.at(path, "plan.tile_unit", "Ô bản đồ thiếu mã đơn vị.")
		case t.Row < 1 || t.Row > maxTile || t.Col < 1 || t.Col > maxTile:
			c.at(path, "plan.tile_place", "Hàng và cột của ô bản đồ phải từ 1 đến %d.", maxTile)
		case units[t.Unit]:
			c.at(path, "plan.tile_twice", "Đơn vị “%s” có hai ô bản đồ.", t.Unit)
		case places[at]:
			c.at(path, "plan.tile_taken", "Ô hàng %d cột %d đã có đơn vị khác.", t.Row, t.Col)
		}
		units[t.Unit], places[at] = true, true
	}
}
