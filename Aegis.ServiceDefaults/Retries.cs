using Polly;
using Polly.Retry;

namespace Aegis.ServiceDefaults;

/// <summary>Named retry pipelines.</summary>
public static class Retries
{
    /// <summary>Repeats an action after a pause until it succeeds, fails in another way or is cancelled.</summary>
    /// <param name="name">What the pipeline does.</param>
    /// <param name="pause">The pause before each further try.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="passes">True for a failure that passes by itself and is worth another try.</param>
    /// <param name="onFailure">Called with each such failure, before the pause.</param>
    public static ResiliencePipeline Endless(
        string name, TimeSpan pause, TimeProvider time, Predicate<Exception> passes, Action<Exception> onFailure) =>
        new ResiliencePipelineBuilder { Name = name, TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = pause,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is { } e && passes(e)),
            OnRetry = tried =>
            {
                onFailure(tried.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        }).Build();
}
