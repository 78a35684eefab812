namespace Argosy.Registry;

/// <summary>Who asks. Never logged.</summary>
public sealed record RegistryCredentials
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>An OAuth2 refresh token, instead of a password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that is sent as it is.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>Asks as nobody.</summary>
    public static RegistryCredentials Anonymous { get; } = new();

    /// <summary>True when there is a name and a password.</summary>
    public bool HasPassword => !string.IsNullOrEmpty(Username) && !string.IsNullOrEmpty(Password);

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Username) ? "(anonymous)" : Username;
}
