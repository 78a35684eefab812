namespace Argosy.Client;

/// <summary>PEM files for mutual TLS, as Docker's clients name them in a certificate directory.</summary>
/// <param name="CertificateAuthority">Who signed the engine's certificate; null trusts the system's authorities.</param>
/// <param name="Certificate">The client's certificate; null presents none.</param>
/// <param name="Key">The client's key.</param>
/// <param name="Verify">Whether the engine's certificate must be valid for its host name.</param>
public sealed record TlsFiles(string? CertificateAuthority, string? Certificate, string? Key, bool Verify = true)
{
    /// <summary>The files <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> of a directory, as far as they exist.</summary>
    public static TlsFiles FromDirectory(string directory, bool verify = true)
    {
        return new TlsFiles(Existing("ca.pem"), Existing("cert.pem"), Existing("key.pem"), verify);

        string? Existing(string name) => Path.Combine(directory, name) is var path && File.Exists(path) ? path : null;
    }
}
