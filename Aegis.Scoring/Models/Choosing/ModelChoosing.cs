using System.Globalization;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.Scoring.Storage;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Models.Choosing;

/// <summary>Has confirmed frauds choose among the shipped choices, trains the best on stored payments, and brings it into
/// force. One judgement at a time.</summary>
internal sealed partial class ModelChoosing(
    ModelRegistry models, ModelControl control, ReferencePayments payments, ConfirmedFrauds confirmed, Store store, TimeProvider time,
    ILogger<ModelChoosing> logger) : IDisposable
{
    // Lines of a chosen model and the one before it, with a blank between them, newest first.
    private const string ChosenNote = "chosenModels";

    // The number of frauds that judged last.
    private const string JudgedNote = "choiceJudgedBy";
    private const int MaxUndone = 10;
    private const ulong Seed = 1;

    /// <summary>The choice in force stays unless with another one the frauds rank, as shares, at most so far down in comparison.</summary>
    private const double ClearlyBetter = 0.8;
    private const double NoiseRanks = 5;

    private readonly SemaphoreSlim _one = new(1, 1);
    private ModelChoiceJudgement? _last;

    /// <summary>What is in force, and whether there are frauds enough to judge.</summary>
    /// <exception cref="SqliteException">The store cannot be read now.</exception>
    public ModelChoiceState State() => new(
        ChoiceInForce, confirmed.Count(), ChoiceSelection.MinFrauds, ModelChoice.ShippedNames,
        int.Parse(store.Remember(JudgedNote, "0"), CultureInfo.InvariantCulture), _last, Undoable()?.Before);

    /// <summary>Judges the choices or trains the one that was named, and brings it into force if asked to.</summary>
    /// <exception cref="ChoosingException">There are too few frauds or payments, or a judgement is running.</exception>
    /// <exception cref="SqliteException">The store cannot be used now.</exception>
    /// <exception cref="RedisException">The log cannot be reached. No shard, or only some, have the entry.</exception>
    public async Task<ModelChoiceJudgement> ChooseAsync(ModelChoiceRequest request, CancellationToken cancel)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancel))
        {
            throw new ChoosingException("Another judgement is running; allowed: one at a time.");
        }

        try
        {
            // Training takes seconds of all cores; the caller's thread need not wait for it. What has begun goes on.
            var (judgement, model) = await Task.Run(() => Judge(request), CancellationToken.None);
            if (request.Choice is null)
            {
                store.Note(JudgedNote, judgement.Frauds.ToString(CultureInfo.InvariantCulture));
            }

            if (request.Apply && model is not null)
            {
                // Noted first: whatever comes into force can be undone, even if this process ends in between.
                var before = models.InForce;
                store.Note(ChosenNote, string.Join('\n', Chosen().Prepend($"{model.Version} {before}").Take(MaxUndone)));
                await control.UseAsync(FraudModelFile.Write(model), CancellationToken.None);
                LogChosen(judgement.Choice, model.Version, before);
                judgement = judgement with { Version = model.Version };
            }

            return _last = judgement;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Brings back the model that was in force before the last choice.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="ChoosingException">The model in force was not chosen here.</exception>
    /// <exception cref="RedisException">The log cannot be reached. No shard, or only some, have the entry.</exception>
    public async Task<string> UndoAsync(CancellationToken cancel)
    {
        var (chosen, before) = Undoable() ?? throw new ChoosingException(
            $"Model {models.InForce} was not brought into force by one of the last {MaxUndone} choices; there is nothing to undo.");
        await control.ReturnToAsync(before, cancel);
        // A choice that came into force never, or was replaced since, stands in the way no more either.
        store.Note(ChosenNote, string.Join('\n', Chosen().SkipWhile(line => line != $"{chosen} {before}").Skip(1)));
        _last = null;
        LogUndone(chosen, before);
        return before;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private string? ChoiceInForce => models.Get(models.InForce).Provenance.GetValueOrDefault(ChoiceProvenance.Name);

    private string[] Chosen() => store.Remember(ChosenNote, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private (string Chosen, string Before)? Undoable()
    {
        foreach (var line in Chosen())
        {
            if (line.Split(' ') is [var chosen, var before]
                && Recalibration.DetectorsOf(models.InForce) == Recalibration.DetectorsOf(chosen))
            {
                return (chosen, before);
            }
        }

        return null;
    }

    /// <returns>What was judged, and the model to bring into force; null for the model if its choice is in force already.</returns>
    private (ModelChoiceJudgement Judgement, FraudModel? Model) Judge(ModelChoiceRequest request)
    {
        var now = time.GetUtcNow();
        var inForce = models.Get(models.InForce);
        var frauds = request.Choice is null ? confirmed.Read() : [];
        if (request.Choice is null && frauds.Count < ChoiceSelection.MinFrauds)
        {
            throw new ChoosingException(
                $"{frauds.Count} frauds are confirmed; allowed: {ChoiceSelection.MinFrauds} or more. Send labels, or name a choice: {string.Join(", ", ModelChoice.ShippedNames)}.");
        }

        var rows = new StoredRows(payments);
        if (request.Choice is { } named)
        {
            return (new ModelChoiceJudgement(named, 0, rows.Count, [], null, now), Train(named));
        }

        float[] vectors = [.. frauds.SelectMany(fraud => fraud.Features)];
        var trained = ModelChoice.ShippedNames.ToDictionary(name => name, Train);
        var judged = ChoiceSelection.Judge(
            [.. trained.Select(choice => (choice.Key, ChoiceSelection.Shares(
                ChoiceSelection.Risks(choice.Value, vectors), ChoiceSelection.Risks(choice.Value, rows.Features))))], Seed);
        // Chance moves a fraud by some ranks from one training to the next; that changes no model.
        var slack = NoiseRanks / rows.Count;
        var stays = judged.Where(choice => choice.Choice == ChoiceInForce)
            .Any(choice => judged[0].TypicalShare + slack > ClearlyBetter * (choice.TypicalShare + slack));
        var best = stays ? ChoiceInForce! : judged[0].Choice;
        return (new ModelChoiceJudgement(
            best, frauds.Count, rows.Count,
            [.. judged.Select(choice => new ModelChoiceCandidate(choice.Choice, choice.TypicalShare, choice.Confidence))], null, now),
            best == ChoiceInForce ? null : trained[best]);

        FraudModel Train(string name) => rows.Train(
            ModelChoice.Named(name, feedsLabels: false)!, inForce, models.Rates.Get(models.Rates.InForce), now);
    }

    [LoggerMessage(2504, LogLevel.Information, "Choice {Choice}: model {Version} is in force from here on, before it {Before}")]
    private partial void LogChosen(string choice, string version, string before);

    [LoggerMessage(2505, LogLevel.Information, "Choice undone: in place of model {Chosen}, {Before} is in force again from here on")]
    private partial void LogUndone(string chosen, string before);
}
