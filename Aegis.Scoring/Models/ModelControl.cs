using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Brings models, thresholds and exchange rates into force by control entries in every shard. Whoever reads the log again
/// decides the same.</summary>
internal sealed class ModelControl(ModelRegistry models, Store store, TransactionLog log)
{
    private const string ModelNote = "configuredModel";
    private const string RatesNote = "configuredRates";

    /// <summary>Registers a bundle and brings it into force, with its own thresholds.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="FraudModelFormatException">The bundle is damaged or made for something else.</exception>
    /// <exception cref="VersionTakenException">Another bundle has its version.</exception>
    public Task<string> UseAsync(byte[] bundle, CancellationToken cancel) => UseAsync(bundle, ControlEntry.Model, cancel);

    /// <summary>Registers a bundle that differs from the one in force only in its calibration. The bundle takes effect
    /// where the other is still in force. Thresholds brought into force beside a model stay.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="VersionTakenException">Another bundle has its version.</exception>
    public Task<string> UseCalibrationAsync(byte[] bundle, CancellationToken cancel) => UseAsync(bundle, ControlEntry.Calibration, cancel);

    /// <summary>Brings a bundle of the store into force again, with its own thresholds.</summary>
    public Task ReturnToAsync(string version, CancellationToken cancel) => AppendAsync(ControlEntry.Model, version, cancel);

    /// <summary>Brings thresholds into force, until other thresholds or another model replace them.</summary>
    public Task UseAsync(double reviewAt, double declineAt, CancellationToken cancel) =>
        log.AppendControlAsync(new ControlEntry { Kind = ControlEntry.Thresholds, ReviewAt = reviewAt, DeclineAt = declineAt }, cancel);

    /// <summary>Registers a table of exchange rates and brings it into force.</summary>
    /// <exception cref="RateTableException">It has another reference currency than the table in force.</exception>
    /// <exception cref="VersionTakenException">Another table has its version.</exception>
    public Task UseAsync(CurrencyRates rates, CancellationToken cancel)
    {
        models.Rates.Register(rates);
        return AppendAsync(ControlEntry.Rates, rates.Version, cancel);
    }

    /// <summary>Brings the configured bundle and rate table into force where others were configured at the last start.
    /// Those posted since then stay in force over a restart.</summary>
    public async Task UseConfiguredAsync(CancellationToken cancel)
    {
        await UseConfiguredAsync(ModelNote, ControlEntry.Model, models.First, models.Configured, cancel);
        await UseConfiguredAsync(RatesNote, ControlEntry.Rates, models.Rates.First, models.Rates.Configured, cancel);
    }

    private async Task UseConfiguredAsync(string note, string kind, string first, string configured, CancellationToken cancel)
    {
        if (store.Remember(note, first) != configured)
        {
            await AppendAsync(kind, configured, cancel);
            store.Note(note, configured);
        }
    }

    private async Task<string> UseAsync(byte[] bundle, string kind, CancellationToken cancel)
    {
        var version = models.Register(bundle, "The bundle");
        await AppendAsync(kind, version, cancel);
        return version;
    }

    private Task AppendAsync(string kind, string version, CancellationToken cancel) =>
        log.AppendControlAsync(new ControlEntry { Kind = kind, Version = version }, cancel);
}
