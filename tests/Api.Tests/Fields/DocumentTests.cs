using System.Text;
using Argosy.Testing;

namespace Argosy.Api.Tests.Fields;

/// <summary>docs/compatibility.md tells of every field. <c>ARGOSY_WRITE_DOCS=1 dotnet test tests/Api.Tests</c> writes its section anew.</summary>
public sealed class DocumentTests
{
    private const string Begin = "<!-- container configuration: written by tests/Api.Tests -->";
    private const string End = "<!-- end of container configuration -->";
    private static readonly string Document = Path.Combine(Repository.Root, "docs/compatibility.md");

    [Fact]
    public async Task The_documented_fields_are_those_of_the_table()
    {
        if (Environment.GetEnvironmentVariable("ARGOSY_WRITE_DOCS") == "1")
            await WriteAsync(Render());
        string text = await File.ReadAllTextAsync(Document);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(begin >= 0, "the section is there");
        Assert.Equal(Render(), text[begin..(text.IndexOf(End, StringComparison.Ordinal) + End.Length)]);
    }

    private static async Task WriteAsync(string section)
    {
        string text = File.Exists(Document) ? await File.ReadAllTextAsync(Document) : "# Compatibility\n\n";
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        text = begin < 0 ? $"{text.TrimEnd()}\n\n{section}\n" : text[..begin] + section + text[(text.IndexOf(End, StringComparison.Ordinal) + End.Length)..];
        await File.WriteAllTextAsync(Document, text);
    }

    private static string Render()
    {
        var text = new StringBuilder(Begin).Append("""

            ## Container configuration

            Every field of `POST /containers/create` and `POST /containers/{id}/exec` in the Engine API 1.51, and what becomes of it.
            A test translates a body with and without each. *Honoured*: it changes what is run. *Shown*: inspect shows it, dockerd does
            no more. *Warned*: discarded with a warning in the answer. *Refused*: an error that names it. Limits that the kernel does not
            know are discarded with dockerd's warnings.

            | field | what becomes of it |
            |---|---|

            """);
        foreach (Field field in Field.All)
            text.Append($"| `{field.Name}` | {field.Kind}{(field.Words.Length == 0 ? "" : field.Kind is "refused" or "warned" ? $" (“{field.Words}”)" : ": " + field.Words)} |\n");
        return text.Append('\n').Append(End).ToString();
    }
}
