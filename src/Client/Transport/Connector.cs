using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Argosy.Client.Transport;

/// <summary>Opens connections to one endpoint; HTTP requests and hijacked streams both come from here.</summary>
internal sealed class Connector(EngineEndpoint endpoint)
{
    public EngineEndpoint Endpoint => endpoint;

    /// <exception cref="EngineConnectionException">Nobody listens, or the TLS handshake failed.</exception>
    public async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = await OpenAsync(cancellationToken);
            return new Connection(socket, await SecureAsync(socket, cancellationToken));
        }
        catch (Exception failure) when (failure is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            socket?.Dispose();
            throw new EngineConnectionException(endpoint, Describe(failure), failure);
        }
    }

    private async Task<Socket> OpenAsync(CancellationToken cancellationToken)
    {
        if (endpoint.SocketPath is { } path)
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            return await ConnectAsync(unix, new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        return await ConnectAsync(tcp, new DnsEndPoint(endpoint.Host, endpoint.Port), cancellationToken);
    }

    private static async Task<Socket> ConnectAsync(Socket socket, EndPoint remote, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(remote, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(Socket socket, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (endpoint.Tls is not { } tls)
            return plain;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(Options(tls), cancellationToken);
        return secure;
    }

    private SslClientAuthenticationOptions Options(TlsFiles tls)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host };
        if (tls.Certificate is { } certificate && tls.Key is { } key)
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        // --tls without --tlsverify: encrypt, but do not ask who it is, as Docker's clients do.
#pragma warning disable CA5359
        if (!tls.Verify)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (tls.CertificateAuthority is { } authority)
            options.CertificateChainPolicy = TrustOnly(authority);
        return options;
    }

    private static X509ChainPolicy TrustOnly(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return policy;
    }

    private string Describe(Exception failure) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => $"permission denied while trying to connect to the Argosy daemon at {endpoint}",
        System.Security.Authentication.AuthenticationException => $"TLS handshake with the Argosy daemon at {endpoint} failed: {failure.Message}",
        _ => $"Cannot connect to the Argosy daemon at {endpoint}. Is argosyd running?",
    };
}
