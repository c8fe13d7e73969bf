// Reads InfluxDB's line protocol from standard input with InfluxData's own parser, and prints each line as JSON:
// its measurement (m), its tags (t) and its fields (f). It ends with 1 and the parser's words where a line is wrong.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/influxdata/line-protocol/v2/lineprotocol"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	check(err)
	lines := lineprotocol.NewDecoderWithBytes(text)
	out := json.NewEncoder(os.Stdout)
	for lines.Next() {
		measurement, err := lines.Measurement()
		check(err)
		tags := map[string]string{}
		for {
			name, value, err := lines.NextTag()
			check(err)
			if name == nil {
				break
			}
			tags[string(name)] = string(value)
		}
		fields := map[string]any{}
		for {
			name, value, err := lines.NextField()
			check(err)
			if name == nil {
				break
			}
			fields[string(name)] = value.Interface()
		}
		check(out.Encode(map[string]any{"m": string(measurement), "t": tags, "f": fields}))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
