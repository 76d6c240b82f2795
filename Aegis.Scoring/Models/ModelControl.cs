using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Brings models and thresholds into force by control entries in every shard: whoever reads the log again decides the
/// same.</summary>
internal sealed class ModelControl(ModelRegistry models, Store store, TransactionLog log)
{
    private const string ConfiguredNote = "configuredModel";

    /// <summary>Registers a bundle and brings it into force, with its own thresholds.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="FraudModelFormatException">It is damaged or made for something else.</exception>
    public Task<string> UseAsync(byte[] bundle, CancellationToken cancel) => UseAsync(bundle, ControlEntry.Model, cancel);

    /// <summary>Registers a bundle that differs from the one in force in its calibration alone, and brings it into force where that one
    /// still is; thresholds stay.</summary>
    /// <returns>Its version.</returns>
    public Task<string> UseCalibrationAsync(byte[] bundle, CancellationToken cancel) => UseAsync(bundle, ControlEntry.Calibration, cancel);

    /// <summary>Brings thresholds into force, until others or another model's.</summary>
    public Task UseAsync(double reviewAt, double declineAt, CancellationToken cancel) =>
        log.AppendControlAsync(new ControlEntry { Kind = ControlEntry.Thresholds, ReviewAt = reviewAt, DeclineAt = declineAt }, cancel);

    /// <summary>Brings the configured bundle into force where another one was configured at the last start: a model that was posted since
    /// stays in force over a restart.</summary>
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
        var version = models.Register(bundle, "The bundle").Version;
        await log.AppendControlAsync(new ControlEntry { Kind = kind, Version = version }, cancel);
        return version;
    }
}
