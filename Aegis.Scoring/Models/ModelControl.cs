using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Brings models and thresholds into force by control entries in every shard. Whoever reads the log again
/// decides the same.</summary>
internal sealed class ModelControl(ModelRegistry models, Store store, TransactionLog log)
{
    private const string ConfiguredNote = "configuredModel";

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

    /// <summary>Brings thresholds into force, until other thresholds or another model replace them.</summary>
    public Task UseAsync(double reviewAt, double declineAt, CancellationToken cancel) =>
        log.AppendControlAsync(new ControlEntry { Kind = ControlEntry.Thresholds, ReviewAt = reviewAt, DeclineAt = declineAt }, cancel);

    /// <summary>Brings the configured bundle into force if another one was configured at the last start. A model posted
    /// since then stays in force over a restart.</summary>
    public async Task UseConfiguredAsync(CancellationToken cancel)
    {
        if (store.Remember(ConfiguredNote, models.First) != models.Configured)
        {
            await log.AppendControlAsync(new ControlEntry { Kind = ControlEntry.Model, Version = models.Configured }, cancel);
            store.Note(ConfiguredNote, models.Configured);
        }
    }

    private async Task<string> UseAsync(byte[] bundle, string kind, CancellationToken cancel)
    {
        var version = models.Register(bundle, "The bundle");
        await log.AppendControlAsync(new ControlEntry { Kind = kind, Version = version }, cancel);
        return version;
    }
}
