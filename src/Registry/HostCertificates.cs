using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Argosy.Registry;

/// <summary>What one registry's <c>certs.d</c> directories hold: authorities to trust besides the system's, and our own certificates for it.</summary>
internal sealed class HostCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly X509Certificate2Collection authorities = [];
    private readonly X509Certificate2Collection own = [];

    private HostCertificates()
    {
    }

    /// <summary>Names the files and their times: as long as it is the same, so are the certificates.</summary>
    internal static string Fingerprint(IEnumerable<string> directories, string host) => string.Join('\n',
        Files(directories, host).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file} {File.GetLastWriteTimeUtc(file).Ticks}")));

    /// <summary>Reads the certificates; none when there are no directories for this host.</summary>
    /// <exception cref="RegistryException">A file is no certificate, or a certificate lacks its key; dockerd's words.</exception>
    internal static HostCertificates Read(IEnumerable<string> directories, string host)
    {
        var certificates = new HostCertificates();
        foreach (string file in Files(directories, host))
        {
            try
            {
                certificates.Take(file);
            }
            catch (CryptographicException exception)
            {
                throw new RegistryException(RegistryError.Other, $"error reading {file}: {exception.Message}", exception);
            }
        }
        return certificates;
    }

    /// <summary>How TLS is spoken with these.</summary>
    /// <param name="verifies">False for registries that the administrator named insecure, and loopback ones.</param>
    internal SslClientAuthenticationOptions ToOptions(bool verifies)
    {
        var options = new SslClientAuthenticationOptions { ClientCertificates = own.Count > 0 ? own : null };
        if (!verifies)
#pragma warning disable CA5359 // Insecure by the administrator's word.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (authorities.Count > 0)
            options.RemoteCertificateValidationCallback = Trusts;
        return options;
    }

    private static IEnumerable<string> Files(IEnumerable<string> directories, string host) => directories
        .Select(directory => Path.Combine(directory, host)).Where(Directory.Exists)
        .SelectMany(directory => Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal));

    private void Take(string file)
    {
        switch (Path.GetExtension(file))
        {
            case ".crt":
                authorities.ImportFromPemFile(file);
                break;
            case ".cert":
                string key = Path.ChangeExtension(file, ".key");
                if (!File.Exists(key))
                    throw new RegistryException(RegistryError.Other, $"missing key {Path.GetFileName(key)} for client certificate {Path.GetFileName(file)}. CA certificates must use the extension .crt");
                own.Add(X509Certificate2.CreateFromPemFile(file, key));
                break;
            case ".key" when !File.Exists(Path.ChangeExtension(file, ".cert")):
                throw new RegistryException(RegistryError.Other, $"missing client certificate {Path.GetFileNameWithoutExtension(file)}.cert for key {Path.GetFileName(file)}");
        }
    }

    /// <summary>The system's trust, or ours; a wrong name is wrong with either.</summary>
    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        // Thrown and not returned: of a callback's "false" only that is told, and not which of the reasons it was.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            throw new AuthenticationException(errors.ToString());
        using var second = new X509Chain();
        second.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        second.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        second.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        second.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (chain is not null)
            second.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return second.Build(leaf);
    }
}
