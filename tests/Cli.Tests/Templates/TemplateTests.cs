using System.Text.Json;
using Argosy.Cli.Templates;

namespace Argosy.Cli.Tests.Templates;

public class TemplateTests
{
    private const string Data = """
        {"Id":"abc","Name":"/web","State":{"Status":"running","Pid":42,"Running":true},"Args":["-a","b c"],"Empty":[],"None":null,
         "Labels":{"b":"2","a":"1"},"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],"81/tcp":null},"Size":1.5,"Html":"<a&b>"}
        """;

    private static string Execute(string template)
    {
        using var document = JsonDocument.Parse(Data);
        return Template.Parse(template).Execute(GoText.FromJson(document.RootElement));
    }

    [Theory]
    [InlineData("{{.Id}}", "abc")]
    [InlineData("{{.ID}}", "abc")]
    [InlineData("{{.State.Status}}: {{ .State.Pid }}", "running: 42")]
    [InlineData("{{json .State}}", "{\"Status\":\"running\",\"Pid\":42,\"Running\":true}")]
    [InlineData("{{json .None}}", "null")]
    [InlineData("{{json .Html}}", "\"\\u003ca\\u0026b\\u003e\"")]
    [InlineData("{{.Args}}", "[-a b c]")]
    [InlineData("{{.Labels}}", "map[a:1 b:2]")]
    [InlineData("{{.Size}}", "1.5")]
    [InlineData("{{len .Args}} {{len .Name}} {{len .Empty}}", "2 4 0")]
    [InlineData("{{index .Args 1}} {{index .Labels \"a\"}}", "b c 1")]
    [InlineData("{{(index (index .Ports \"80/tcp\") 0).HostPort}}", "8080")]
    [InlineData("{{.Name | upper}} {{upper .Name | lower}}", "/WEB /web")]
    [InlineData("{{join .Args \",\"}} {{index (split .Name \"/\") 1}}", "-a,b c web")]
    [InlineData("{{if .State.Running}}up{{else}}down{{end}}", "up")]
    [InlineData("{{if .None}}a{{else if .Empty}}b{{else}}c{{end}}", "c")]
    [InlineData("{{if and .Id (not .None)}}yes{{end}}{{if or .None .Empty}}no{{end}}", "yes")]
    [InlineData("{{if eq .State.Status \"exited\" \"running\"}}alive{{end}}", "alive")]
    [InlineData("{{if gt .State.Pid 40}}big{{end}}", "big")]
    [InlineData("{{range .Args}}<{{.}}>{{end}}", "<-a><b c>")]
    [InlineData("{{range $i, $a := .Args}}{{$i}}={{$a}};{{end}}", "0=-a;1=b c;")]
    [InlineData("{{range $port, $bindings := .Ports}}{{$port}} {{range $bindings}}{{.HostPort}}{{else}}-{{end}} {{end}}", "80/tcp 8080 81/tcp - ")]
    [InlineData("{{range .Empty}}x{{else}}none{{end}}", "none")]
    [InlineData("{{with .State}}{{.Status}} of {{$.Id}}{{end}}", "running of abc")]
    [InlineData("{{$x := .Id}}{{$x}}{{$x = \"y\"}}{{$x}}", "abcy")]
    [InlineData("a {{- .Id -}} b", "aabcb")]
    [InlineData("{{/* nothing */}}{{println .Id 1}}", "abc 1\n")]
    [InlineData("{{printf \"%-5s|%3d|%q|%v\" .Id .State.Pid .Id .State.Running}}", "abc  | 42|\"abc\"|true")]
    [InlineData("{{truncate .Id 2}} {{slice .Id 1 3}} {{title \"web\"}}", "ab bc Web")]
    [InlineData("{{\"}}\"}}", "}}")]
    public void A_template_is_executed(string template, string expected) => Assert.Equal(expected, Execute(template));

    [Theory]
    [InlineData("{{.Nope}}", "map has no entry for key \"Nope\"")]
    [InlineData("{{.Id.Nope}}", "can't evaluate field Nope in type string")]
    [InlineData("{{nope .Id}}", "function \"nope\" not defined")]
    [InlineData("{{.Id", "unclosed action")]
    [InlineData("{{if .Id}}x", "unexpected EOF")]
    [InlineData("{{end}}", "unexpected {{end}}")]
    [InlineData("{{index .Args 7}}", "index out of range")]
    [InlineData("{{$x}}", "undefined variable")]
    public void Mistakes_are_named(string template, string message) =>
        Assert.Contains(message, Assert.Throws<TemplateException>(() => Execute(template)).Message, StringComparison.Ordinal);
}
