package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is what CHANGELOG.md calls this state of the program.
const version = "0.1.0"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Phiên bản của chương trình", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			goes := ""
			if b, ok := debug.ReadBuildInfo(); ok {
				goes = b.GoVersion
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "bonphu %s (%s)\n", version, goes)
			return err
		},
	}
}
