namespace Argosy.Cli.Templates;

/// <summary>The template is malformed, or asks for something the data has not.</summary>
internal sealed class TemplateException(string message) : FormatException("template parsing error: template: :1: " + message);
