using System.Text.Json;
using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;

namespace Aegis.Streams.Entries;

/// <summary>A control entry. It takes effect from its position in the shard's log on.</summary>
/// <remarks>
/// Written as JSON, for example <c>{"kind":"model","version":"2026-03-01T10:00:00Z-1f2e3d4c"}</c>,
/// <c>{"kind":"thresholds","reviewAt":4.6,"declineAt":6.9}</c> or
/// <c>{"kind":"facts","intervalEnd":1772366400000,"reads":1772362800000}</c>.
/// </remarks>
public sealed record ControlEntry
{
    /// <summary>The entry field that holds it.</summary>
    public const string Field = "control";

    /// <summary><see cref="Kind"/> of a model bundle, which brings its own thresholds.</summary>
    public const string Model = "model";

    /// <summary><see cref="Kind"/> of a bundle that differs from the one in force only in its calibration; thresholds
    /// brought into force beside it stay.</summary>
    public const string Calibration = "calibration";

    /// <summary><see cref="Kind"/> of two thresholds on the risk, which replace the bundle's.</summary>
    public const string Thresholds = "thresholds";

    /// <summary><see cref="Kind"/> of a table of exchange rates. Amounts of later payments are compared by it.</summary>
    public const string Rates = "rates";

    /// <summary><see cref="Kind"/> of a set of rules, which replaces the set before it.</summary>
    public const string Rules = "rules";

    /// <summary><see cref="Kind"/> of a revision of lists and snoozes, which replaces the one before it.</summary>
    public const string Lists = "lists";

    /// <summary><see cref="Kind"/> of a budget, which the review threshold follows from there on; without one, that it ends.</summary>
    public const string Budget = "budget";

    /// <summary><see cref="Kind"/> of a <see cref="FactBarrier"/>.</summary>
    public const string Facts = "facts";

    /// <summary>The kind of the entry.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the bundle, rate table or set of rules. The store has it before the entry is appended.</summary>
    public string? Version { get; init; }

    /// <summary>The place of a set of rules, of lists or of a budget in the order of changes, 1 and more. An earlier place has no
    /// effect.</summary>
    public long? Revision { get; init; }

    /// <summary>The risk (-ln p) from which a payment is flagged, 0 and more.</summary>
    public double? ReviewAt { get; init; }

    /// <summary>The risk from which a payment is declined, not below <see cref="ReviewAt"/>.</summary>
    public double? DeclineAt { get; init; }

    /// <summary>The budget; null where it ends.</summary>
    public DailyBudget? Alerts { get; init; }

    /// <summary><see cref="FactBarrier.IntervalEndMs"/>, after <see cref="Reads"/>.</summary>
    public long? IntervalEnd { get; init; }

    /// <summary><see cref="FactBarrier.ReadsMs"/>, 0 and more.</summary>
    public long? Reads { get; init; }

    /// <summary>The entry of a barrier.</summary>
    public static ControlEntry Of(FactBarrier barrier) => new()
        { Kind = Facts, IntervalEnd = barrier.IntervalEndMs, Reads = barrier.ReadsMs };

    /// <summary>The barrier of an entry of kind <see cref="Facts"/>.</summary>
    public FactBarrier ToBarrier() => new(IntervalEnd!.Value, Reads!.Value);

    /// <summary>Reads a control entry.</summary>
    /// <exception cref="MessageFormatException">The text is not a control entry.</exception>
    public static ControlEntry Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<ControlEntry>(json, AegisJson.Options);
            return entry switch
            {
                { Kind: Model or Calibration or Rates, Version.Length: > 0 } => entry,
                { Kind: Rules, Version.Length: > 0, Revision: > 0 } => entry,
                { Kind: Lists, Revision: > 0 } => entry,
                { Kind: Budget, Revision: > 0, Alerts: null or { IsValid: true } } => entry,
                { Kind: Thresholds, ReviewAt: >= 0, DeclineAt: { } decline }
                    when decline >= entry.ReviewAt && double.IsFinite(decline) => entry,
                { Kind: Facts, Reads: >= 0, IntervalEnd: { } end } when end > entry.Reads => entry,
                _ => throw new MessageFormatException(
                    $"The control entry is of kind '{entry?.Kind}'; allowed: '{Model}', '{Calibration}' or '{Rates}' with version, '{Rules}' with version and revision (1 and more), '{Lists}' with revision, '{Budget}' with revision and either nothing or alerts with one of alertsADay and alertsPerTenThousand above 0, '{Thresholds}' with reviewAt (0 and more) and declineAt (not below reviewAt, and finite), or '{Facts}' with reads (0 and more) and intervalEnd (after reads)."),
            };
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"Field '{Field}' is not a control entry: {e.Message}");
        }
    }

    /// <summary>The form in the log.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AegisJson.Options);
}
