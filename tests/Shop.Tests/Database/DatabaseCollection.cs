namespace Argosy.Shop.Tests.Database;

/// <summary>The tests that share one PostgreSQL, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<PrivatePostgres>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "database";
}
