using System.Security.Cryptography;
using System.Text;

namespace Shop.Web.Visitors;

/// <summary>Who asks: known by a cookie that holds 256 random bits, and nothing else.</summary>
/// <remarks>
/// Redis and the database know the visitor by a hash of the cookie, so that nobody who reads them can take a session over.
/// The form token is another hash of it: another site cannot read the cookie (HttpOnly, SameSite) and so cannot make the token.
/// </remarks>
internal sealed class Visitor
{
    private const string CookieName = "shop_session";
    private const int SecretBytes = 32;
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(90);

    private Visitor(string secret) => (Id, FormToken) = (Hash("visitor", secret), Hash("form", secret));

    /// <summary>The id of the visitor's session and cart.</summary>
    internal string Id { get; }

    /// <summary>What every form of ours carries.</summary>
    internal string FormToken { get; }

    /// <summary>The visitor of this request; one who has no cookie yet gets one.</summary>
    internal static Visitor Of(HttpContext context)
    {
        if (context.Items[typeof(Visitor)] is Visitor known)
            return known;

        var visitor = new Visitor(ReadSecret(context) ?? IssueSecret(context));
        context.Items[typeof(Visitor)] = visitor;
        return visitor;
    }

    /// <summary>Whether a form was ours.</summary>
    internal bool Owns(string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(FormToken));

    private static string? ReadSecret(HttpContext context) =>
        context.Request.Cookies[CookieName] is { Length: SecretBytes * 2 } secret && secret.All(char.IsAsciiHexDigit) ? secret : null;

    private static string IssueSecret(HttpContext context)
    {
        string secret = RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);
        context.Response.Cookies.Append(CookieName, secret, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = CookieLifetime,
            IsEssential = true,
        });
        return secret;
    }

    private static string Hash(string purpose, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{secret}")));
}
