using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    internal static RegistryCredentials Of(HttpContext context) =>
        Of(Read("X-Registry-Auth", context.Request.Headers["X-Registry-Auth"], SystemJson.Default.AuthConfig) ?? new AuthConfig());

    /// <summary>A header of base64url JSON; with the alphabet of base64 and without padding too, because clients send both.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>, with dockerd's words, when it is neither.</exception>
    internal static T? Read<T>(string name, string? header, JsonTypeInfo<T> type) where T : class
    {
        if (string.IsNullOrWhiteSpace(header))
            return null;
        try
        {
            return JsonSerializer.Deserialize(Decode(name, header), type);
        }
        catch (JsonException exception)
        {
            throw EngineException.Invalid($"invalid {name} header: {exception.Message}");
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

    private static byte[] Decode(string name, string header)
    {
        try
        {
            return Base64Url.DecodeFromChars(header.Trim().Replace('+', '-').Replace('/', '_').TrimEnd('='));
        }
        catch (FormatException)
        {
            throw EngineException.Invalid($"invalid {name} header: must be a valid base64url-encoded string");
        }
    }

    private static (string, string) Decode(string auth)
    {
        string text = Encoding.UTF8.GetString(Decode("auth", auth));
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? throw EngineException.Invalid("invalid auth configuration file") : (text[..colon], text[(colon + 1)..].TrimEnd('\0'));
    }
}
