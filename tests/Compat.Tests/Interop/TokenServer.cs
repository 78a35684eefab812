using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.CompatTests.Interop;

/// <summary>
/// A token server for Debian's docker-registry (distribution, "token authentication specification"): ann with "secret" may do
/// everything, everybody may pull from public/. Logins get a refresh token, which is taken instead of the password.
/// </summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private const string Service = "registry";
    private const string Issuer = "tests";
    private const string RefreshToken = "stands-for-ann";
    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;

    private TokenServer(WebApplication app)
    {
        this.app = app;
        var request = new CertificateRequest("CN=tokens", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>How tokens were asked for: GET, or the form's grant_type.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The certificate that the registry believes.</summary>
    internal string Bundle => certificate.ExportCertificatePem();

    /// <summary>What the registry's configuration says about it.</summary>
    internal string Configuration(string bundle) => $"""
        auth:
          token:
            realm: {app.Urls.First()}/token
            service: {Service}
            issuer: {Issuer}
            rootcertbundle: {bundle}

        """;

    internal static async Task<TokenServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new TokenServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        IFormCollection? form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        Asked.Enqueue(form is null ? "GET" : form["grant_type"].ToString());
        string basic = context.Request.Headers.Authorization.ToString();
        bool isAnn = form is null ? basic == "Basic " + Convert.ToBase64String("ann:secret"u8) : form["refresh_token"] == RefreshToken;
        if (!isAnn && (form is not null || basic.Length > 0))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        IEnumerable<string> scopes = form is null ? context.Request.Query["scope"].OfType<string>() : form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var answer = new JsonObject { [form is null ? "token" : "access_token"] = Sign(isAnn, scopes), ["expires_in"] = 300 };
        if (isAnn && context.Request.Query["offline_token"] == "true")
            answer["refresh_token"] = RefreshToken;
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private string Sign(bool isAnn, IEnumerable<string> scopes)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = isAnn ? "ann" : "",
            ["aud"] = Service,
            ["exp"] = now + 300,
            ["nbf"] = now - 10,
            ["iat"] = now,
            ["jti"] = Path.GetRandomFileName(),
            ["access"] = new JsonArray([.. scopes.Select(scope => (JsonNode)Access(isAnn, scope))]),
        };
        string text = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>"repository:public/x:pull,push": what of it is allowed.</summary>
    private static JsonObject Access(bool isAnn, string scope)
    {
        string[] parts = scope.Split(':');
        IEnumerable<string> allowed = isAnn ? parts[2].Split(',') : parts[1].StartsWith("public/", StringComparison.Ordinal) ? ["pull"] : [];
        return new JsonObject { ["type"] = parts[0], ["name"] = parts[1], ["actions"] = new JsonArray([.. allowed.Select(action => (JsonNode)action)]) };
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
