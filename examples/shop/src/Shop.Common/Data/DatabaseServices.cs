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
        int size = PoolSize(settings);
        services.AddSingleton(_ => Connect(settings));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<PoolKeeper>(provider, size));
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
            // Never fewer and never more: see PoolKeeper.
            MinPoolSize = PoolSize(settings),
            MaxPoolSize = PoolSize(settings),
            Timeout = 5,
            CommandTimeout = 10,
        };
        return new NpgsqlSlimDataSourceBuilder(connection.ConnectionString).EnableArrays().Build();
    }

    private static int PoolSize(Settings settings) => settings.Number("DB_POOL", 8);
}
