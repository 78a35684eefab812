# bash completion of argosy
declare -A _argosy_options=(
    ["attach"]="--detach-keys --no-stdin --sig-proxy"
    ["build"]="--add-host --build-arg --build-context --cache-from --cache-to --call --check --cpu-shares --file --force-rm --iidfile --label --memory --memory-swap --metadata-file --network --no-cache --no-cache-filter --output --platform --progress --pull --push --quiet --rm --secret --shm-size --squash --ssh --tag --target"
    ["builder build"]="--add-host --build-arg --build-context --cache-from --cache-to --call --check --cpu-shares --file --force-rm --iidfile --label --memory --memory-swap --metadata-file --network --no-cache --no-cache-filter --output --platform --progress --pull --push --quiet --rm --secret --shm-size --squash --ssh --tag --target"
    ["builder prune"]="--all --filter --force --keep-storage"
    ["commit"]="--author --change --message --pause"
    ["completion"]=""
    ["compose build"]="--build-arg --env-file --file --no-cache --profile --project-directory --project-name --pull --quiet"
    ["compose config"]="--env-file --file --format --images --networks --output --profile --profiles --project-directory --project-name --quiet --services --volumes"
    ["compose down"]="--env-file --file --profile --project-directory --project-name --remove-orphans --rmi --timeout --volumes"
    ["compose exec"]="--detach --env --env-file --file --index --no-tty --privileged --profile --project-directory --project-name --user --workdir"
    ["compose images"]="--env-file --file --format --profile --project-directory --project-name --quiet"
    ["compose kill"]="--env-file --file --profile --project-directory --project-name --signal"
    ["compose logs"]="--env-file --file --follow --index --no-color --no-log-prefix --profile --project-directory --project-name --since --tail --timestamps --until"
    ["compose ls"]="--all --format --quiet"
    ["compose port"]="--env-file --file --index --profile --project-directory --project-name --protocol"
    ["compose ps"]="--all --env-file --file --format --profile --project-directory --project-name --quiet --services --status"
    ["compose pull"]="--env-file --file --ignore-buildable --profile --project-directory --project-name --quiet"
    ["compose restart"]="--env-file --file --profile --project-directory --project-name --timeout"
    ["compose rm"]="--env-file --file --force --profile --project-directory --project-name --stop --volumes"
    ["compose start"]="--env-file --file --profile --project-directory --project-name"
    ["compose stop"]="--env-file --file --profile --project-directory --project-name --timeout"
    ["compose top"]="--env-file --file --profile --project-directory --project-name"
    ["compose up"]="--build --detach --env-file --file --force-recreate --no-build --no-deps --no-recreate --no-start --profile --project-directory --project-name --pull --quiet-pull --remove-orphans --renew-anon-volumes --scale --timeout --wait"
    ["config"]="--env-file --file --format --images --networks --output --profile --profiles --project-directory --project-name --quiet --services --volumes"
    ["container attach"]="--detach-keys --no-stdin --sig-proxy"
    ["container commit"]="--author --change --message --pause"
    ["container cp"]="--archive --follow-link --quiet"
    ["container create"]="--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout --hostname --init --interactive --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network --network-alias --no-healthcheck --oom-kill-disable --oom-score-adj --pid --pids-limit --platform --privileged --publish --publish-all --pull --quiet --read-only --restart --rm --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --tty --ulimit --user --userns --uts --volume --volume-driver --volumes-from --workdir"
    ["container diff"]=""
    ["container exec"]="--detach --detach-keys --env --env-file --interactive --privileged --tty --user --workdir"
    ["container export"]="--output"
    ["container inspect"]="--format --size"
    ["container kill"]="--signal"
    ["container list"]="--all --filter --format --last --latest --no-trunc --quiet --size"
    ["container logs"]="--details --follow --since --tail --timestamps --until"
    ["container ls"]="--all --filter --format --last --latest --no-trunc --quiet --size"
    ["container pause"]=""
    ["container port"]=""
    ["container prune"]="--filter --force"
    ["container ps"]="--all --filter --format --last --latest --no-trunc --quiet --size"
    ["container remove"]="--force --link --volumes"
    ["container rename"]=""
    ["container restart"]="--signal --timeout"
    ["container rm"]="--force --link --volumes"
    ["container run"]="--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout --hostname --init --interactive --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network --network-alias --no-healthcheck --oom-kill-disable --oom-score-adj --pid --pids-limit --platform --privileged --publish --publish-all --pull --quiet --read-only --restart --rm --runtime --security-opt --shm-size --sig-proxy --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --tty --ulimit --user --userns --uts --volume --volume-driver --volumes-from --workdir"
    ["container start"]="--attach --detach-keys --interactive"
    ["container stats"]="--all --format --no-stream --no-trunc"
    ["container stop"]="--signal --timeout"
    ["container top"]=""
    ["container unpause"]=""
    ["container update"]="--blkio-weight --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --memory --memory-reservation --memory-swap --pids-limit --publish-add --publish-rm --restart"
    ["container wait"]=""
    ["cp"]="--archive --follow-link --quiet"
    ["create"]="--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout --hostname --init --interactive --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network --network-alias --no-healthcheck --oom-kill-disable --oom-score-adj --pid --pids-limit --platform --privileged --publish --publish-all --pull --quiet --read-only --restart --rm --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --tty --ulimit --user --userns --uts --volume --volume-driver --volumes-from --workdir"
    ["diff"]=""
    ["down"]="--env-file --file --profile --project-directory --project-name --remove-orphans --rmi --timeout --volumes"
    ["events"]="--filter --format --since --until"
    ["exec"]="--detach --detach-keys --env --env-file --interactive --privileged --tty --user --workdir"
    ["export"]="--output"
    ["history"]="--format --human --no-trunc --platform --quiet"
    ["image build"]="--add-host --build-arg --build-context --cache-from --cache-to --call --check --cpu-shares --file --force-rm --iidfile --label --memory --memory-swap --metadata-file --network --no-cache --no-cache-filter --output --platform --progress --pull --push --quiet --rm --secret --shm-size --squash --ssh --tag --target"
    ["image history"]="--format --human --no-trunc --platform --quiet"
    ["image import"]="--change --message --platform"
    ["image inspect"]="--format"
    ["image list"]="--all --digests --filter --format --no-trunc --quiet"
    ["image load"]="--input --platform --quiet"
    ["image ls"]="--all --digests --filter --format --no-trunc --quiet"
    ["image prune"]="--all --filter --force"
    ["image pull"]="--all-tags --platform --quiet"
    ["image push"]="--all-tags --platform --quiet"
    ["image remove"]="--force --no-prune --platform"
    ["image rm"]="--force --no-prune --platform"
    ["image save"]="--output --platform"
    ["image tag"]=""
    ["images"]="--all --digests --filter --format --no-trunc --quiet"
    ["import"]="--change --message --platform"
    ["info"]="--format"
    ["inspect"]="--format --size --type"
    ["kill"]="--signal"
    ["load"]="--input --platform --quiet"
    ["login"]="--password --password-stdin --username"
    ["logout"]=""
    ["logs"]="--details --follow --since --tail --timestamps --until"
    ["network connect"]="--alias --driver-opt --gw-priority --ip --ip6 --link --link-local-ip"
    ["network create"]="--attachable --aux-address --config-from --config-only --driver --gateway --ingress --internal --ip-range --ipam-driver --ipam-opt --ipv4 --ipv6 --label --opt --scope --subnet"
    ["network disconnect"]="--force"
    ["network inspect"]="--format"
    ["network list"]="--filter --format --no-trunc --quiet"
    ["network ls"]="--filter --format --no-trunc --quiet"
    ["network prune"]="--filter --force"
    ["network remove"]="--force"
    ["network rm"]="--force"
    ["pause"]=""
    ["port"]=""
    ["ps"]="--all --filter --format --last --latest --no-trunc --quiet --size"
    ["pull"]="--all-tags --platform --quiet"
    ["push"]="--all-tags --platform --quiet"
    ["rename"]=""
    ["restart"]="--signal --timeout"
    ["rm"]="--force --link --volumes"
    ["rmi"]="--force --no-prune --platform"
    ["run"]="--add-host --annotation --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint --env --env-file --expose --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout --hostname --init --interactive --ip --ip6 --ipc --isolation --kernel-memory --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network --network-alias --no-healthcheck --oom-kill-disable --oom-score-adj --pid --pids-limit --platform --privileged --publish --publish-all --pull --quiet --read-only --restart --rm --runtime --security-opt --shm-size --sig-proxy --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --tty --ulimit --user --userns --uts --volume --volume-driver --volumes-from --workdir"
    ["save"]="--output --platform"
    ["search"]="--filter --format --limit --no-trunc"
    ["start"]="--attach --detach-keys --interactive"
    ["stats"]="--all --format --no-stream --no-trunc"
    ["stop"]="--signal --timeout"
    ["system df"]="--format --verbose"
    ["system events"]="--filter --format --since --until"
    ["system fsck"]="--format --quick --repair"
    ["system info"]="--format"
    ["system prune"]="--all --filter --force --volumes"
    ["tag"]=""
    ["top"]=""
    ["unpause"]=""
    ["up"]="--build --detach --env-file --file --force-recreate --no-build --no-deps --no-recreate --no-start --profile --project-directory --project-name --pull --quiet-pull --remove-orphans --renew-anon-volumes --scale --timeout --wait"
    ["update"]="--blkio-weight --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares --cpus --cpuset-cpus --cpuset-mems --memory --memory-reservation --memory-swap --pids-limit --publish-add --publish-rm --restart"
    ["version"]="--format"
    ["volume clone"]="--label"
    ["volume cp"]="--archive --follow-link --quiet"
    ["volume create"]="--driver --label --opt"
    ["volume du"]="--format"
    ["volume export"]="--output"
    ["volume import"]="--replace"
    ["volume inspect"]="--format --size"
    ["volume list"]="--filter --format --quiet"
    ["volume ls"]="--filter --format --quiet"
    ["volume prune"]="--all --filter --force"
    ["volume remove"]="--force"
    ["volume rm"]="--force"
    ["wait"]=""
)

_argosy() {
    local cur=${COMP_WORDS[COMP_CWORD]} path="" word key
    local -a words=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == -* ]] || words+=("$word")
    done
    if [[ ${#words[@]} -ge 2 && -n ${_argosy_options["${words[0]} ${words[1]}"]+x} ]]; then
        path="${words[0]} ${words[1]}"
    elif [[ ${#words[@]} -ge 1 && -n ${_argosy_options["${words[0]}"]+x} ]]; then
        path="${words[0]}"
    fi
    if [[ -z $path ]]; then
        local candidates=""
        for key in "${!_argosy_options[@]}"; do
            if [[ ${#words[@]} -eq 0 ]]; then
                candidates+=" ${key%% *}"
            elif [[ $key == "${words[0]} "* ]]; then
                candidates+=" ${key#* }"
            fi
        done
        COMPREPLY=($(compgen -W "$candidates" -- "$cur"))
    elif [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "${_argosy_options["$path"]} --help" -- "$cur"))
    else
        case "$path" in
            run|create|rmi|push|tag|history|save|image\ *) COMPREPLY=($(compgen -W "$(argosy images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null)" -- "$cur")) ;;
            network\ *) COMPREPLY=($(compgen -W "$(argosy network ls --format '{{.Name}}' 2>/dev/null)" -- "$cur")) ;;
            volume\ *) COMPREPLY=($(compgen -W "$(argosy volume ls -q 2>/dev/null)" -- "$cur")) ;;
            build|cp|load|import) COMPREPLY=($(compgen -f -- "$cur")) ;;
            *) COMPREPLY=($(compgen -W "$(argosy ps -a --format '{{.Names}}' 2>/dev/null)" -- "$cur")) ;;
        esac
    fi
}
complete -o default -F _argosy argosy
