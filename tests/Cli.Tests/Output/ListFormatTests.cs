using Argosy.Cli.Containers;
using Argosy.Cli.Output;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Tests.Output;

public class ListFormatTests
{
    private static readonly FixedClock Clock = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));

    private static readonly ContainerSummary Web = new()
    {
        Id = new string('a', 64),
        Names = ["/web"],
        Image = "nginx",
        Command = "nginx -g 'daemon off;' and more",
        Created = 1_000_000 - 7200,
        State = "running",
        Status = "Up 2 hours",
        Ports = [new Port { PrivatePort = 80, PublicPort = 8080, IP = "0.0.0.0", Type = "tcp" }],
        Labels = new Dictionary<string, string> { ["tier"] = "front" },
    };

    private static string Format(string? format, params IReadOnlyList<ContainerSummary> rows) => ContainerTable.Create(Clock, truncates: true, showsSize: false).Format(rows, format);

    [Fact]
    public void The_default_table_is_dockers() => Assert.Equal(
        """
        CONTAINER ID   IMAGE     COMMAND                  CREATED       STATUS       PORTS                  NAMES
        aaaaaaaaaaaa   nginx     "nginx -g 'daemon of…"   2 hours ago   Up 2 hours   0.0.0.0:8080->80/tcp   web

        """, Format(null, Web));

    [Fact]
    public void An_empty_table_is_its_headings() =>
        Assert.Equal("CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n", Format(null));

    [Fact]
    public void A_table_template_chooses_columns() =>
        Assert.Equal("NAMES     tier\nweb       front\n", Format("table {{.Names}}\\t{{.Label \"tier\"}}", Web));

    [Fact]
    public void A_template_makes_a_line_of_each_row() => Assert.Equal("web running\n", Format("{{.Names}} {{.State}}", Web));

    [Fact]
    public void Json_has_every_column_in_order()
    {
        string json = Format("json", Web);

        Assert.StartsWith("{\"Command\":\"\\\"nginx -g 'daemon of…\\\"\",\"CreatedAt\":", json, StringComparison.Ordinal);
        Assert.Contains("\"Labels\":\"tier=front\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_no_line_is_longer_than_it()
    {
        string text = ContainerTable.Create(Clock, truncates: true, showsSize: false).Format([Web], null, terminalWidth: 90);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 90, line));
        Assert.Contains("…", text, StringComparison.Ordinal);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
