namespace Aegis.Client;

/// <content>Channels, and the messages that go to them.</content>
public sealed partial class AegisClient
{
    /// <summary>All channels, by name.</summary>
    public Task<IReadOnlyList<ChannelReport>> ChannelsAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<ChannelReport>>("channels", cancel);

    /// <summary>Sets a channel up, or changes it. The answer to the first call has its secret.</summary>
    public Task<ChannelReport> SetChannelAsync(string name, ChannelRequest channel, CancellationToken cancel = default) =>
        PutAsync<ChannelReport>(ChannelPath(name), channel, cancel);

    /// <summary>Gives a channel a new secret. The old one signs beside it for a day.</summary>
    public Task<ChannelReport> RotateSecretAsync(string name, ChannelStep step, CancellationToken cancel = default) =>
        PostAsync<ChannelReport>($"{ChannelPath(name)}/secret", step, cancel);

    /// <summary>Sends a message to try the channel.</summary>
    public Task<OutboxMessage> TestChannelAsync(string name, ChannelStep step, CancellationToken cancel = default) =>
        PostAsync<OutboxMessage>($"{ChannelPath(name)}/test", step, cancel);

    /// <summary>Removes a channel and the messages that wait for it.</summary>
    public Task<ChannelReport> RemoveChannelAsync(string name, ChannelStep step, CancellationToken cancel = default) =>
        PostAsync<ChannelReport>($"{ChannelPath(name)}/remove", step, cancel);

    /// <summary>A page of messages, newest first.</summary>
    public Task<OutboxPage> OutboxAsync(
        string? channel = null, MessageState? state = null, long? before = null, int limit = 100, CancellationToken cancel = default) =>
        GetAsync<OutboxPage>(
            $"outbox?limit={limit}{(channel is null ? "" : $"&channel={Uri.EscapeDataString(channel)}")}"
                + $"{(state is null ? "" : $"&state={$"{state}".ToLowerInvariant()}")}{(before is null ? "" : $"&before={before}")}",
            cancel);

    /// <summary>Tries messages again that were given up.</summary>
    public Task<OutboxRetried> RetryAsync(OutboxRetry retry, CancellationToken cancel = default) =>
        PostAsync<OutboxRetried>("outbox/retry", retry, cancel);

    private static string ChannelPath(string name) => $"channels/{Uri.EscapeDataString(name)}";
}
