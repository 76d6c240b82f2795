using System.Text.Json;

namespace Aegis.Streams;

/// <summary>What a control entry brings into force, from its position in the shard's log on.</summary>
/// <remarks>Written as JSON, for example <c>{"kind":"model","version":"2026-03-01T10:00:00Z-1f2e3d4c"}</c> or <c>{"kind":"thresholds","reviewAt":4.6,"declineAt":6.9}</c>.</remarks>
public sealed record ControlEntry
{
    /// <summary>The entry field that holds it.</summary>
    public const string Field = "control";

    /// <summary><see cref="Kind"/> of a model bundle; its own thresholds come with it.</summary>
    public const string Model = "model";

    /// <summary><see cref="Kind"/> of two thresholds on the risk, in place of the bundle's.</summary>
    public const string Thresholds = "thresholds";

    /// <summary>What it is about.</summary>
    public required string Kind { get; init; }

    /// <summary>The bundle's version; it is in the store before the entry is appended.</summary>
    public string? Version { get; init; }

    /// <summary>Risk (-ln p) from which a payment is flagged, 0 and more.</summary>
    public double? ReviewAt { get; init; }

    /// <summary>Risk from which it is declined, not below <see cref="ReviewAt"/>.</summary>
    public double? DeclineAt { get; init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="MessageFormatException">Not a control entry.</exception>
    public static ControlEntry Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<ControlEntry>(json, AegisJson.Options);
            return entry switch
            {
                { Kind: Model, Version.Length: > 0 } => entry,
                { Kind: Thresholds, ReviewAt: >= 0, DeclineAt: { } decline } when decline >= entry.ReviewAt => entry,
                _ => throw new MessageFormatException(
                    $"The control entry is of kind '{entry?.Kind}'; allowed: '{Model}' with version, or '{Thresholds}' with reviewAt (0 and more) and declineAt (not below reviewAt)."),
            };
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"Field '{Field}' is not a control entry: {e.Message}");
        }
    }

    /// <summary>As it stands in the log.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AegisJson.Options);
}
