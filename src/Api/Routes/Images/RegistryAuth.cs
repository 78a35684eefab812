using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Registry;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Images;

/// <summary>Reads credentials: the header <c>X-Registry-Auth</c> (base64url JSON), or the body of <c>POST /auth</c>.</summary>
internal static class RegistryAuth
{
    /// <summary>An absent or empty header means nobody in particular.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when the header is there and unreadable.</exception>
    internal static RegistryCredentials Of(HttpContext context)
    {
        string? header = context.Request.Headers["X-Registry-Auth"];
        if (string.IsNullOrWhiteSpace(header))
            return RegistryCredentials.Anonymous;
        try
        {
            byte[] json = Base64Url.DecodeFromChars(header.Trim().Replace('+', '-').Replace('/', '_').TrimEnd('='));
            return Of(JsonSerializer.Deserialize(json, SystemJson.Default.AuthConfig) ?? new AuthConfig());
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw EngineException.Invalid("invalid X-Registry-Auth header: " + exception.Message);
        }
    }

    internal static RegistryCredentials Of(AuthConfig config)
    {
        (string? username, string? password) = (config.Username, config.Password);
        if (string.IsNullOrEmpty(username) && !string.IsNullOrEmpty(config.Auth))
            (username, password) = Decode(config.Auth);
        return new RegistryCredentials { Username = username, Password = password, IdentityToken = config.IdentityToken, RegistryToken = config.RegistryToken };
    }

    /// <summary>The registry that credentials are for: a host, or Docker Hub's old address.</summary>
    internal static string DomainOf(string? serverAddress)
    {
        string host = (serverAddress ?? "").Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal).Split('/')[0];
        return host is "" or "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
    }

    private static (string, string) Decode(string auth)
    {
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(auth));
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? throw EngineException.Invalid("invalid auth: no colon") : (text[..colon], text[(colon + 1)..].TrimEnd('\0'));
    }
}
