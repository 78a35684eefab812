namespace Argosy.Cli.Registry;

/// <summary>A registry login: a name with a password, or a token that stands for both.</summary>
internal sealed record Credentials(string Username, string Password, string? IdentityToken = null)
{
    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"Credentials of {Username}";
}
