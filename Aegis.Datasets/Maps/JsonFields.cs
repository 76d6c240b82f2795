using System.Text.Json;

namespace Aegis.Datasets.Maps;

/// <summary>Reads an object's properties and notes their faults by JSON path.</summary>
internal sealed class JsonFields(JsonElement element, string path, List<string> faults)
{
    private const int MaxValueLength = 60;

    /// <summary>The names of the properties present.</summary>
    public IEnumerable<string> Names =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(property => property.Name) : [];

    /// <summary>True for an object; notes a fault for anything else.</summary>
    public bool IsObject(string allowed)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path} is {Shorten(element.GetRawText())}; allowed: {allowed}");
        }

        return element.ValueKind == JsonValueKind.Object;
    }

    /// <summary>Notes a fault for every property with another name.</summary>
    public void AllowOnly(IReadOnlyCollection<string> names)
    {
        foreach (var name in Names.Except(names))
        {
            faults.Add($"{path}.{name} is unknown here; allowed: {string.Join(", ", names)}");
        }
    }

    /// <summary>A property of any kind; null if it is missing or null.</summary>
    public JsonFields? Child(string name) => Find(name) is { } value ? new JsonFields(value, $"{path}.{name}", faults) : null;

    /// <summary>A text; null if it is missing.</summary>
    public string? Text(string name) =>
        Typed(name, "a text in quotes", value => value.ValueKind == JsonValueKind.String, value => value.GetString());

    /// <summary>True or false; false if it is missing.</summary>
    public bool Flag(string name) =>
        Typed(name, "true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, value => value.GetBoolean());

    /// <summary>A list of one or more texts; null if it is missing.</summary>
    public IReadOnlyList<string>? Texts(string name) => Typed<IReadOnlyList<string>>(
        name, """a list of texts, one or more, as in ["1", "true"]""",
        value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
        value => [.. value.EnumerateArray().Select(item => item.GetString()!)]);

    /// <summary>An object of one or more texts; null if it is missing.</summary>
    public IReadOnlyDictionary<string, string>? Table(string name) => Typed<IReadOnlyDictionary<string, string>>(
        name, """an object of texts, one or more, as in {"food": "5812"}""",
        value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()
            && value.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.String),
        value => value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!, StringComparer.Ordinal));

    /// <summary>Notes a fault of a property, or of the object itself if <paramref name="name"/> is empty.</summary>
    public void Fault(string name, string? value, string allowed)
    {
        var at = name.Length == 0 ? path : name.StartsWith('.') ? path + name : $"{path}.{name}";
        faults.Add(value is null ? $"{at} is missing; allowed: {allowed}" : $"{at} is '{Shorten(value)}'; allowed: {allowed}");
    }

    private static string Shorten(string value) =>
        value.Length <= MaxValueLength ? value : string.Concat(value.AsSpan(0, MaxValueLength), "…");

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private T? Typed<T>(string name, string allowed, Func<JsonElement, bool> isRight, Func<JsonElement, T?> read)
    {
        if (Find(name) is not { } value)
        {
            return default;
        }

        if (isRight(value))
        {
            return read(value);
        }

        Fault(name, value.GetRawText(), allowed);
        return default;
    }
}
