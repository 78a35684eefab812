using Argosy.Core;

namespace Argosy.Engine.Containers;

/// <summary>A link as a client writes it: <c>name</c>, <c>name:alias</c>, or <c>/name:/parent/alias</c> as inspect shows it.</summary>
internal readonly record struct LinkText(string Name, string Alias)
{
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>, with dockerd's words.</exception>
    internal static LinkText Parse(string text)
    {
        if (text.Length == 0)
            throw EngineException.Invalid("empty string specified for links");
        string[] parts = text.Split(':');
        if (parts.Length > 2)
            throw EngineException.Invalid($"bad format for links: {text}");
        if (parts.Length == 1)
            return new LinkText(text, text);
        return parts[0].StartsWith('/') ? new LinkText(parts[0][1..], parts[1][(parts[1].LastIndexOf('/') + 1)..]) : new LinkText(parts[0], parts[1]);
    }
}
