namespace Argosy.Registry;

/// <summary>A registry's refusal, in its own words (distribution spec, error codes).</summary>
public sealed class RegistryException(RegistryError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of refusal.</summary>
    public RegistryError Error { get; } = error;

    /// <summary>True when the message is the registry's, false when it said nothing but a status.</summary>
    internal bool HasOwnWords { get; init; }
}
