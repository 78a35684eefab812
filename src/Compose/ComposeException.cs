namespace Argosy.Compose;

/// <summary>A compose file that cannot be used: says which file, line and key, and what is wrong.</summary>
public sealed class ComposeException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static ComposeException At(Mark at, string key, string message) =>
        new(key.Length == 0 ? $"{at}: {message}" : $"{at}: {key}: {message}");
}
