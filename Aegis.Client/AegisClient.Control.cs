namespace Aegis.Client;

/// <content>What is in force: models, thresholds, rates, the log.</content>
public sealed partial class AegisClient
{
    /// <summary>Brings a model bundle into force.</summary>
    public Task<ModelInForce> UseModelAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancel = default) =>
        SendAsync<ModelInForce>(HttpMethod.Post, "models", bundle, "application/octet-stream", cancel);

    /// <summary>Fits the calibration of the model in force anew on recent payments.</summary>
    public Task<ModelInForce> RecalibrateAsync(CancellationToken cancel = default) =>
        SendAsync<ModelInForce>(HttpMethod.Post, "models/calibration", body: null, JsonType, cancel);

    /// <summary>The choice of the model in force, and whether enough frauds are confirmed to judge all choices.</summary>
    public Task<ModelChoiceState> ModelChoiceAsync(CancellationToken cancel = default) =>
        GetAsync<ModelChoiceState>("models/choice", cancel);

    /// <summary>Has the confirmed frauds judge the shipped choices, and brings the best into force if asked to. Takes seconds to
    /// minutes.</summary>
    public Task<ModelChoiceJudgement> ChooseModelAsync(ModelChoiceRequest request, CancellationToken cancel = default) =>
        PostAsync<ModelChoiceJudgement>("models/choice", request, cancel);

    /// <summary>Brings back the model that was in force before the last choice.</summary>
    public Task<ModelInForce> UndoModelChoiceAsync(CancellationToken cancel = default) =>
        SendAsync<ModelInForce>(HttpMethod.Delete, "models/choice", body: null, JsonType, cancel);

    /// <summary>Brings thresholds into force in place of the model's.</summary>
    public Task<Thresholds> UseThresholdsAsync(Thresholds thresholds, CancellationToken cancel = default) =>
        PostAsync<Thresholds>("thresholds", thresholds, cancel);

    /// <summary>Brings a table of exchange rates into force.</summary>
    public Task<RatesInForce> UseRatesAsync(RateTable rates, CancellationToken cancel = default) =>
        PostAsync<RatesInForce>("rates", rates, cancel);

    /// <summary>The table of exchange rates that last came into force.</summary>
    public Task<RateTable> RatesAsync(CancellationToken cancel = default) => GetAsync<RateTable>("rates", cancel);

    /// <summary>Goes on with a log that was cut or replaced: makes the histories from the stored decisions.</summary>
    public Task<RebuiltLog> RebuildLogAsync(CancellationToken cancel = default) =>
        SendAsync<RebuiltLog>(HttpMethod.Post, "log/rebuild", body: null, JsonType, cancel);
}
