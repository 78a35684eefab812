using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Argosy.CompatTests.Interop;

/// <summary>An authority of a test's own, and what it signs, as PEM files.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly X509Certificate2 authority = Make("CN=authority of a test", null, null, out _);

    /// <summary>The authority's certificate.</summary>
    internal string Authority => authority.ExportCertificatePem();

    /// <summary>Signs a certificate, for a server at this address when one is given.</summary>
    internal (string Certificate, string Key) Issue(string name, IPAddress? address = null)
    {
        using X509Certificate2 certificate = Make("CN=" + name, authority, address, out string key);
        return (certificate.ExportCertificatePem(), key);
    }

    public void Dispose() => authority.Dispose();

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer, IPAddress? address, out string pem)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        pem = key.ExportPkcs8PrivateKeyPem();
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        if (address is not null)
        {
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return issuer is null ? request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)) : request.Create(issuer, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
