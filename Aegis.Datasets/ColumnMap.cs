using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aegis.Datasets;

/// <summary>How a CSV file's columns become transactions. Shipped maps and users' own are the same JSON.</summary>
public sealed record ColumnMap
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The maps that are shipped.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = ["native", "handbook", "sparkov"];

    /// <summary>The map's name.</summary>
    public required string Name { get; init; }

    /// <summary>The transaction's id.</summary>
    public required FieldMap Id { get; init; }

    /// <summary>Event time.</summary>
    public required FieldMap EventTime { get; init; }

    /// <summary>Card token, or a card number, which is exchanged for one.</summary>
    public required FieldMap Card { get; init; }

    /// <summary>Amount.</summary>
    public required FieldMap Amount { get; init; }

    /// <summary>Currency.</summary>
    public required FieldMap Currency { get; init; }

    /// <summary>Merchant or terminal.</summary>
    public required FieldMap MerchantId { get; init; }

    /// <summary>Merchant category code.</summary>
    public required FieldMap Mcc { get; init; }

    /// <summary>Country.</summary>
    public required FieldMap Country { get; init; }

    /// <summary>Channel.</summary>
    public required FieldMap Channel { get; init; }

    /// <summary>Latitude.</summary>
    public FieldMap? Latitude { get; init; }

    /// <summary>Longitude.</summary>
    public FieldMap? Longitude { get; init; }

    /// <summary>Device.</summary>
    public FieldMap? DeviceId { get; init; }

    /// <summary>Address.</summary>
    public FieldMap? IpAddress { get; init; }

    /// <summary>The label, 0 or 1; nothing but training and evaluation reads it.</summary>
    public FieldMap? Label { get; init; }

    /// <summary>The kind of fraud.</summary>
    public FieldMap? Scenario { get; init; }

    /// <summary>All fields that are mapped, by their names in messages.</summary>
    internal IEnumerable<(string Field, FieldMap Map)> Fields() =>
        new (string, FieldMap?)[]
        {
            ("id", Id), ("eventTime", EventTime), ("card", Card), ("amount", Amount), ("currency", Currency), ("merchantId", MerchantId), ("mcc", Mcc),
            ("country", Country), ("channel", Channel), ("latitude", Latitude), ("longitude", Longitude), ("deviceId", DeviceId),
            ("ipAddress", IpAddress), ("label", Label), ("scenario", Scenario),
        }.Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!));

    /// <summary>A shipped map by name, or a user's by the path of its JSON file.</summary>
    /// <exception cref="DatasetException">Unknown name, unreadable file or wrong JSON.</exception>
    public static ColumnMap Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (ShippedNames.Contains(nameOrPath))
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Aegis.Datasets.Maps.{nameOrPath}.json")!;
            return JsonSerializer.Deserialize<ColumnMap>(stream, Json)!;
        }

        if (!File.Exists(nameOrPath))
        {
            throw new DatasetException($"Column map '{nameOrPath}' is unknown; allowed: {string.Join(", ", ShippedNames)}, or the path of a JSON file.");
        }

        try
        {
            return JsonSerializer.Deserialize<ColumnMap>(File.ReadAllText(nameOrPath), Json)
                ?? throw new DatasetException($"Column map '{nameOrPath}' is empty.");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"Column map '{nameOrPath}' cannot be read: {e.Message}", e);
        }
    }
}
