using System.Text;

namespace Argosy.Cli.Templates;

/// <summary>
/// The subset of Go's text/template that Docker's <c>--format</c> is used with. Data are maps, lists, strings, numbers, booleans and null;
/// a map's value may be a function, which is then a method.
/// </summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Node> nodes;

    private Template(IReadOnlyList<Node> nodes) => this.nodes = nodes;

    /// <exception cref="TemplateException">The template is malformed.</exception>
    public static Template Parse(string text) => new(TemplateParser.Parse(text));

    /// <exception cref="TemplateException">The data has not what the template asks for.</exception>
    public string Execute(object? data)
    {
        var output = new StringBuilder();
        new Evaluator(data, output).Run(nodes);
        return output.ToString();
    }
}
