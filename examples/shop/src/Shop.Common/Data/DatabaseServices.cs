using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Common.Hosting;

namespace Shop.Common.Data;

/// <summary>The shop's database for a service that needs it.</summary>
public static class DatabaseServices
{
    /// <summary>Registers an <see cref="NpgsqlDataSource"/> (DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD_FILE) and its health check.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(_ => Connect(settings));
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    /// <summary>The database that the settings name; connections are made when they are used.</summary>
    public static NpgsqlDataSource Connect(Settings settings)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Text("DB_HOST", "db"),
            Port = settings.Number("DB_PORT", 5432),
            Database = settings.Text("DB_NAME", "shop"),
            Username = settings.Text("DB_USER", "shop"),
            Password = settings.Secret("DB_PASSWORD_FILE"),
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            MaxPoolSize = settings.Number("DB_POOL", 16),
            // Connections are kept: a new one needs the name server, which is away while the engine restarts.
            ConnectionIdleLifetime = 3600,
            Timeout = 5,
            CommandTimeout = 10,
        };
        return new NpgsqlSlimDataSourceBuilder(connection.ConnectionString).EnableArrays().Build();
    }
}
