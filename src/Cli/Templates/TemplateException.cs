namespace Argosy.Cli.Templates;

/// <summary>The template is malformed, or asks for something the data has not.</summary>
internal sealed class TemplateException(string message) : FormatException("template parsing error: " + Prefix + message)
{
    private const string Prefix = "template: :1: ";

    /// <summary>The text without the words in front that differ from command to command.</summary>
    public string Reason { get; } = Prefix + message;
}
