using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Argosy.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Argosy.Registry.Tests;

/// <summary>TLS with authorities and certificates of our own in certs.d. Loopback would not be verified: a mirror's address is taken for a registry elsewhere by an option of the test.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-certs-").FullName;
    private readonly X509Certificate2 authority = Issue("CN=test authority", null, isAuthority: true);

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_registry_is_trusted_with_its_authority_in_certs_d_and_not_without()
    {
        using X509Certificate2 certificate = Issue("CN=registry", authority);
        await using ScriptedRegistry registry = await ScriptedRegistry.StartAsync(certificate);
        using HttpClients clients = Clients();
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => clients.For(registry.Host, verifies: true).GetAsync(registry.Address));
        Assert.Equal("tls: failed to verify certificate: x509: certificate signed by unknown authority", GoErrors.Text(refused, registry.Address));

        Write(registry.Host, "ca.crt", authority.ExportCertificatePem());
        using HttpResponseMessage answer = await clients.For(registry.Host, verifies: true).GetAsync(new Uri(registry.Address, "v2/"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_although_its_authority_is_known()
    {
        using X509Certificate2 certificate = Issue("CN=registry", authority, address: IPAddress.Parse("127.9.9.9"));
        await using ScriptedRegistry registry = await ScriptedRegistry.StartAsync(certificate);
        Write(registry.Host, "ca.crt", authority.ExportCertificatePem());
        using HttpClients clients = Clients();
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => clients.For(registry.Host, verifies: true).GetAsync(registry.Address));
        Assert.Equal("tls: failed to verify certificate: x509: certificate is not valid for 127.0.0.1", GoErrors.Text(refused, registry.Address));
    }

    [Fact]
    public async Task We_identify_ourselves_with_the_certificate_in_certs_d()
    {
        using X509Certificate2 certificate = Issue("CN=registry", authority), own = Issue("CN=engine", authority);
        await using ScriptedRegistry registry = await ScriptedRegistry.StartAsync(certificate, tls =>
        {
            tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            tls.ClientCertificateValidation = (client, _, _) => client.Subject == "CN=engine";
        });
        using RegistryClient client = new(new RegistryOptions { Retries = 0, CertificateDirectories = [directory] }, TimeProvider.System);
        await Assert.ThrowsAnyAsync<Exception>(() => client.CheckAsync(registry.Host, RegistryCredentials.Anonymous, CancellationToken.None));

        Write(registry.Host, "engine.cert", own.ExportCertificatePem());
        Write(registry.Host, "engine.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await client.CheckAsync(registry.Host, RegistryCredentials.Anonymous, CancellationToken.None);
    }

    [Fact]
    public void A_certificate_without_its_key_is_an_error_in_Dockers_words()
    {
        Write("registry:5000", "client.cert", "");
        RegistryException error = Assert.Throws<RegistryException>(() => HostCertificates.Read([directory], "registry:5000"));
        Assert.Equal("missing key client.key for client certificate client.cert. CA certificates must use the extension .crt", error.Message);
    }

    [Fact]
    public void A_key_without_its_certificate_is_an_error_in_Dockers_words()
    {
        Write("registry:5000", "client.key", "");
        RegistryException error = Assert.Throws<RegistryException>(() => HostCertificates.Read([directory], "registry:5000"));
        Assert.Equal("missing client certificate client.cert for key client.key", error.Message);
    }

    private HttpClients Clients() => new(new RegistryOptions { CertificateDirectories = [directory] });

    private void Write(string host, string name, string content)
    {
        Directory.CreateDirectory(Path.Combine(directory, host));
        File.WriteAllText(Path.Combine(directory, host, name), content);
    }

    private static X509Certificate2 Issue(string subject, X509Certificate2? issuer, bool isAuthority = false, IPAddress? address = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address ?? IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
            return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using X509Certificate2 issued = request.Create(issuer, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
