using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Argosy.Build.Syntax;

/// <summary>The exec form: a JSON array of strings. What is not valid JSON is the shell form, without complaint, as in Docker.</summary>
internal static class JsonWords
{
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<string>? words)
    {
        words = null;
        if (!text.TrimStart().StartsWith('['))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.String))
                throw new DockerfileSyntaxException("when using JSON array syntax, arrays must be comprised of strings only");
            words = [.. document.RootElement.EnumerateArray().Select(element => element.GetString()!)];
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
