using System.Text;
using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>What the engine answered.</summary>
/// <param name="Request">Method and path, for messages.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole body.</param>
public sealed record ApiAnswer(string Request, int Status, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException($"{Request}: null");

    /// <summary>The error's message; empty when there is none.</summary>
    public string Message => Status >= 400 && Body.Length > 0 ? (string?)Json["message"] ?? "" : "";

    /// <summary>This answer; throws when its status is 400 or more.</summary>
    public ApiAnswer Succeeded() => Status < 400 ? this : throw new InvalidOperationException($"{Request}: {Status} {Text}");
}
