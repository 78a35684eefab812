using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Argosy.Architecture.Tests;

/// <summary>
/// The JSON source generator sets every init-only property, also those that the text leaves out: to null. A default that is written
/// behind such a property is lost, so a type that is read from JSON has a setter where it has a default.
/// </summary>
public sealed class JsonDefaultsTests
{
    [Fact]
    public void A_default_is_not_lost_where_JSON_leaves_a_property_out()
    {
        string[] lost = [.. JsonTypes().SelectMany(type => type.GetProperties().Where(property => IsInitOnly(property) && HasDefault(type, property)).Select(property => $"{type.FullName}.{property.Name}")).Distinct().Order()];
        Assert.Empty(lost);
    }

    private static IEnumerable<Type> JsonTypes() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Argosy.Contract.dll").Select(Assembly.LoadFrom)
            .SelectMany(assembly => assembly.GetTypes()).Where(type => typeof(JsonSerializerContext).IsAssignableFrom(type))
            .SelectMany(context => context.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.PropertyType).Where(type => type.IsGenericType).Select(type => type.GetGenericArguments()[0])
            .Where(type => type.Namespace?.StartsWith("Argosy", StringComparison.Ordinal) == true && type.GetConstructor(Type.EmptyTypes) is not null);

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true
        && property.GetCustomAttribute<RequiredMemberAttribute>() is null;

    private static bool HasDefault(Type type, PropertyInfo property)
    {
        object? value = property.GetValue(Activator.CreateInstance(type));
        return value is not null && !(value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())));
    }
}
